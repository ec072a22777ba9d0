package dev.promptls.prompt.workspace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.promptls.prompt.syntax.PromptReader;
import dev.promptls.prompt.workspace.Renaming.Edits;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What holds whatever happens to the files.
class WorkspaceLawTest {
  private static final List<String> PATHS =
      List.of(
          "/ws/x.prompt",
          "/ws/y.prompt",
          "/ws/_a.prompt",
          "/ws/_b.prompt",
          "/ws/s/_a.prompt",
          "/ws/s/z.prompt",
          "/ws/s/t/_c.prompt",
          "/ws/n.prompt.md",
          "/elsewhere/_a.prompt");
  private static final List<String> PIECES =
      List.of(
          "{{> a}}\n",
          "{{> b q=p}}\n",
          "{{> s/a u}}\n",
          "{{> t/c}}\n",
          "{{#each u}}{{> a}}{{/each}}\n",
          "{{p}}\n",
          "{{q}} {{u.p}}\n",
          "{{#with u}}{{p}}{{q}}{{/with}}\n",
          "[b](_b.prompt)\n",
          "{{> a p=u.q}}\n",
          "---\ninput:\n  schema:\n    p: string\n    u(array):\n      q: string\n---\n",
          "---\ninput:\n  default: {p: 1, u: [{q: 2, p: 3}]}\n---\n",
          "{{> (lookup . 'x')}}\n",
          "{{");

  private final Map<String, String> files = new TreeMap<>();

  private String text(String path) {
    return Objects.requireNonNull(files.get(path), path);
  }

  private String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i >= 0; i--) {
      String piece = PIECES.get(random.nextInt(PIECES.size()));
      if (piece.startsWith("---")) {
        text.insert(0, text.indexOf("---") == 0 ? "" : piece);
      } else {
        text.append(piece);
      }
    }
    return text.toString();
  }

  private Workspace fresh() {
    Workspace workspace = Workspace.EMPTY.within(List.of("/ws"));
    for (String path : files.keySet()) {
      workspace = workspace.with(facts(path));
    }
    return workspace;
  }

  private FileFacts facts(String path) {
    return FactReader.read(path, PromptReader.read(path, text(path)));
  }

  @Test
  void an_index_that_followed_changes_is_that_of_the_files_as_they_are() {
    for (long seed = 0; seed < 25; seed++) {
      Random random = new Random(seed);
      files.clear();
      Workspace workspace = fresh();
      for (int i = 0; i < 40; i++) {
        String path = PATHS.get(random.nextInt(PATHS.size()));
        if (random.nextInt(4) == 0) {
          files.remove(path);
          workspace = workspace.without(path);
        } else {
          files.put(path, text(random));
          workspace = workspace.with(facts(path));
        }
        Workspace fresh = fresh();
        String when = "seed " + seed + ", step " + i;
        assertEquals(fresh, workspace, when);
        for (String each : PATHS) {
          assertEquals(fresh.dependentsOf(each), workspace.dependentsOf(each), when);
          assertEquals(fresh.usersOf(each), workspace.usersOf(each), when);
        }
      }
    }
  }

  @Test
  void renaming_and_renaming_back_leaves_every_text_as_it_was() {
    int done = 0;
    for (long seed = 0; seed < 1000; seed++) {
      Random random = new Random(seed);
      files.clear();
      PATHS.forEach(path -> files.put(path, text(random)));
      String path = PATHS.get(random.nextInt(PATHS.size()));
      int offset = random.nextInt(text(path).length() + 1);
      var named =
          new References(fresh(), files::get).at(path, PromptReader.read(path, text(path)), offset);
      if (named.isEmpty()) {
        continue;
      }
      Map<String, String> before = Map.copyOf(files);
      Symbol symbol = named.get().symbol();
      if (!(new Renamer(fresh(), files::get).rename(symbol, "fresh") instanceof Edits there)) {
        continue;
      }
      Scenario scenario = new Scenario();
      scenario.files.putAll(files);
      scenario.apply(there);
      files.clear();
      files.putAll(scenario.files);
      Symbol renamed = renamed(symbol);
      if (new Renamer(fresh(), files::get).rename(renamed, symbol.name()) instanceof Edits back) {
        scenario.apply(back);
        assertEquals(before, Map.copyOf(scenario.files), "seed " + seed);
        done++;
      } else {
        throw new AssertionError(
            "seed " + seed + ": no way back from " + renamed + " in " + files + " was " + before);
      }
    }
    assertEquals(true, done > 50, () -> "renamed too seldom");
  }

  private static Symbol renamed(Symbol symbol) {
    return switch (symbol) {
      case Symbol.File file -> new Symbol.File(FileNames.folder(file.path()) + "/_fresh.prompt");
      case Symbol.Input input -> {
        var path = new java.util.ArrayList<>(input.path());
        path.set(path.size() - 1, "fresh");
        yield new Symbol.Input(input.file(), path);
      }
    };
  }
}
