package dev.promptls.app;

/// The program beside a library that prints as much as it can, once the program has begun.
final class NoisyMain {
  private NoisyMain() {}

  public static void main(String[] arguments) {
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          var before = System.out;
          while (System.out.equals(before)) {
            Thread.onSpinWait();
          }
          for (int line = 0; line < 5_000; line++) {
            System.out.println("noise");
          }
        });
    Main.main(arguments);
  }
}
