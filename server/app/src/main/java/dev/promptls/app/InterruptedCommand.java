package dev.promptls.app;

/// The person pressed Ctrl-C while there was nothing to show yet: the command ends without a word.
final class InterruptedCommand extends RuntimeException {}
