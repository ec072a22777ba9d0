package dev.promptls.prompt.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PomlReaderTest {
  @Test
  void examplesAreTurnsAndWhatComesBeforeIsTheSystems() throws IOException {
    PromptFile file = sample("109_math_verifier");
    assertEquals(List.of(), file.problems());
    assertEquals(
        List.of("system", "user", "assistant", "user", "assistant", "user"),
        file.messages().stream().map(MessageNode::role).toList());
    assertEquals(
        """
        # Role

        You are a specialist math verifier.

        # Task

        Check the accuracy of mathematical calculations and provide corrections if necessary.\
        """,
        file.messages().getFirst().said(file.text()));
    assertEquals(
        """
        **Question:** {{ question }}

        **Answer:**

        {{ answer }}\
        """,
        file.messages().getLast().said(file.text()));
    assertEquals(
        List.of("question", "answer"),
        file.variables().stream().map(use -> use.span().of(file.text())).toList());
  }

  @Test
  void withoutSpeakersAllIsThePersons() throws IOException {
    PromptFile file = sample("105_write_blog_post");
    assertEquals("user", file.messages().getFirst().role());
    assertEquals(1, file.messages().size());
    String said = file.messages().getFirst().said(file.text());
    String list =
        """
        # Output Format

        1. Title: [SEO-friendly title]

        2. Introduction (100 words)\s

           - Hook statement
           - Context setting
           - Main points preview

        3. Main body\
        """;
    assertTrue(said.contains(list), said);
    String end =
        """
        # Include

        - Practical examples
        - Statistics or research
        - Actionable takeaways
        - Relevant analogies\
        """;
    assertTrue(said.endsWith(end), said);
  }

  @Test
  void filesAreLinksAndAreNotRead() throws IOException {
    PromptFile file = sample("201_orders_qa");
    assertEquals(
        List.of(
            "DATA assets/201_orders.csv",
            "DATA assets/201_orderlines.csv",
            "DATA assets/201_order_instructions.json"),
        file.links().stream().map(link -> link.kind() + " " + link.target()).toList());
    for (Link link : file.links()) {
      assertEquals(link.target(), link.span().of(file.text()));
    }
    assertTrue(
        file.messages()
            .getFirst()
            .said(file.text())
            .contains("## Orders\n\n<table src=\"assets/201_orders.csv\" />"));
    assertEquals("instructions", file.inputs().getFirst().span().of(file.text()));
  }

  @Test
  void everySampleIsReadAndKnowsWhereItsTextStands() throws IOException {
    for (String name :
        List.of(
            "101_explain_character",
            "102_render_xml",
            "106_research",
            "108_math_calculator",
            "110_code_review")) {
      PromptFile file = sample(name);
      assertEquals(Format.POML, file.format());
      for (Problem problem : file.problems()) {
        assertEquals("poml-not-run", problem.code(), name);
      }
      for (MessageNode message : file.messages()) {
        Decoded coding = Objects.requireNonNull(message.coding());
        for (Decoded.Piece piece : coding.pieces()) {
          if (piece.literal()) {
            assertEquals(
                piece.decoded().of(coding.text()),
                piece.source().shift(message.content().start()).of(file.text()));
          }
        }
      }
    }
  }

  /// What microsoft/poml makes of documents that were grown from its elements.
  @Test
  void messagesAreThoseOfTheReference() throws IOException {
    for (String line : resource("rendered.ndjson").lines().toList()) {
      JsonObject one = JsonParser.parseString(line).getAsJsonObject();
      String text = one.get("source").getAsString();
      List<String> wanted = new ArrayList<>();
      for (JsonElement message : one.getAsJsonArray("messages")) {
        wanted.add(message.getAsJsonArray().get(0).getAsString());
        wanted.add(message.getAsJsonArray().get(1).getAsString());
      }
      List<String> found = new ArrayList<>();
      for (MessageNode message : PromptReader.read("a.poml", text).messages()) {
        found.add(message.role());
        found.add(message.said(text));
      }
      assertEquals(wanted, found, text);
    }
  }

  @Test
  void whiteSpaceIsKeptWhereTheDocumentSaysSo() {
    String text = "<poml><p whiteSpace=\"pre\">  a  b\n c</p></poml>";
    assertEquals("  a  b\n c", PromptReader.read("a.poml", text).messages().getFirst().said(text));
  }

  @Test
  void whatPomlWouldDoOrLeaveOutIsTold() {
    String text =
        """
        <poml>
        <user-msg>Hi <blink>you</blink></user-msg>
        <p for="x in y">{{x}}</p><p if="x">b</p><img src="a.png"/>
        </poml>
        """;
    PromptFile file = PromptReader.read("a.poml", text);
    assertEquals(
        List.of("poml-unknown user-msg", "poml-unknown blink", "poml-not-run p"),
        file.problems().stream()
            .map(problem -> problem.code() + " " + problem.span().of(text))
            .toList());
  }

  @Test
  void expressionsAreNeverExecuted() {
    String text =
        """
        <poml><let name="a" value="1 + 1"/>
        <p if="a == 2" for="x in [1, 2]">{{ a * 2 }} {{x}} #lbrace;#quot;&lt;</p></poml>
        """;
    PromptFile file = PromptReader.read("a.poml", text);
    assertEquals("{{ a * 2 }} {{x}} {\"&lt;", file.messages().getFirst().said(text));
  }

  @Test
  void speakersMayBeNamed() {
    String text =
        """
        <poml>
        <system-msg>Be brief.</system-msg>
        <HumanMessage>Hi <b>you</b></HumanMessage>
        <p speaker="ai">Hello</p>
        <user-msg><code inline="false" lang="c">  a  b
        </code></user-msg>
        </poml>
        """;
    PromptFile file = PromptReader.read("a.poml", text);
    assertEquals(
        List.of(
            "system: Be brief.", "user: Hi **you**", "assistant: Hello", "user: ```c\na b\n```"),
        file.messages().stream().map(m -> m.role() + ": " + m.said(text)).toList());
  }

  @Test
  void mistakesCostNothingElse() {
    String text = "<poml><task>One <p>two</task></x><role>three <list><item>four</poml>five";
    PromptFile file = PromptReader.read("a.poml", text);
    assertEquals(
        List.of("p", "x", "item", "list", "role"),
        file.problems().stream().map(problem -> problem.span().of(text)).toList());
    assertEquals(
        "# Task\n\nOne \n\ntwo\n\n# Role\n\nthree \n\n- four\n\nfive",
        file.messages().getFirst().said(text));
  }

  @Test
  void nothingCanBeMadeToGrow() {
    String bomb =
        """
        <!DOCTYPE poml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>
        <poml><p>&b;</p></poml>
        """;
    PromptFile file = PromptReader.read("a.poml", bomb);
    assertTrue(file.messages().getFirst().said(bomb).endsWith("&b;"));
    for (String piece :
        List.of(
            "<p>",
            "<p",
            "</p>",
            "<p a={{",
            "<p a=\"",
            "<p a='\" b=\"'",
            "<!--",
            "<![CDATA[",
            "<item><list>",
            "#",
            "#quot",
            "{{",
            "<b>",
            "< ")) {
      String text = "<poml>" + piece.repeat(100_000);
      assertEquals(text, PromptReader.read("a.poml", text).text());
    }
  }

  private static PromptFile sample(String name) throws IOException {
    return PromptReader.read(name + ".poml", resource(name + ".poml"));
  }

  private static String resource(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(PomlReaderTest.class.getResourceAsStream("/poml/" + name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
