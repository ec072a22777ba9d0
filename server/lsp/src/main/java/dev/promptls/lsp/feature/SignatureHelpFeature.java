package dev.promptls.lsp.feature;

import dev.promptls.lsp.convert.Markdown;
import dev.promptls.lsp.session.Document;
import dev.promptls.prompt.syntax.PromptFile;
import dev.promptls.prompt.syntax.Tag;
import dev.promptls.prompt.vocabulary.KeyInfo;
import dev.promptls.prompt.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.lsp4j.ParameterInformation;
import org.eclipse.lsp4j.SignatureHelp;
import org.eclipse.lsp4j.SignatureHelpParams;
import org.eclipse.lsp4j.SignatureInformation;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.jsonrpc.messages.Tuple;
import org.jspecify.annotations.Nullable;

/// `textDocument/signatureHelp`: which arguments a helper or a partial takes, and which one is
/// being typed.
public final class SignatureHelpFeature implements Feature<SignatureHelpParams> {
  private static final Pattern WORD = Pattern.compile("[^\\s{}]+");

  @Override
  public @Nullable Object answer(SignatureHelpParams params, Moment moment) {
    Document document = moment.snapshot().document(params.getTextDocument());
    if (document == null) {
      return null;
    }
    int offset = moment.snapshot().places(document).offset(params.getPosition());
    for (Tag tag : document.file().tags()) {
      if (tag.nameSpan().end() < offset && offset <= tag.span().end()) {
        if (tag.kind() == Tag.Kind.PARTIAL && !isClosedBefore(document, tag, offset)) {
          return partial(document, tag, offset, moment);
        }
        KeyInfo helper = Vocabulary.helper(document.file().format(), tag.name());
        return helper == null || isClosedBefore(document, tag, offset)
            ? null
            : help(helper, tag, offset);
      }
    }
    return null;
  }

  private static boolean isClosedBefore(Document document, Tag tag, int offset) {
    return document.text().substring(tag.nameSpan().end(), offset).contains("}}");
  }

  /// What a partial is given, each by its name.
  private static @Nullable SignatureHelp partial(
      Document document, Tag tag, int offset, Moment moment) {
    Around around = Around.atOnce(document, moment);
    String path = around.workspace().partial(tag.name(), around.path());
    PromptFile partial = path == null ? null : around.sources().file(path);
    if (partial == null) {
      return null;
    }
    String inputs =
        PartialText.inputs(partial).stream()
            .map(name -> " " + name + "=…")
            .collect(Collectors.joining());
    return help("{{>" + tag.name() + inputs + "}}", PartialText.of(partial), tag, offset);
  }

  private static SignatureHelp help(KeyInfo helper, Tag tag, int offset) {
    return help(head(helper.type()), helper.meaning(), tag, offset);
  }

  private static SignatureHelp help(String label, String meaning, Tag tag, int offset) {
    List<ParameterInformation> parameters = parameters(label);
    var signature = new SignatureInformation(label);
    signature.setDocumentation(Markdown.content(meaning));
    signature.setParameters(parameters);
    Integer active = parameters.isEmpty() ? null : active(label, parameters, tag, offset);
    return new SignatureHelp(List.of(signature), 0, active);
  }

  /// The first tag of `{{#if value}}…{{/if}}`.
  private static String head(String usage) {
    int end = usage.indexOf("}}");
    return end < 0 ? usage : usage.substring(0, end + 2);
  }

  /// The words behind the helper's name.
  private static List<ParameterInformation> parameters(String label) {
    Matcher words = WORD.matcher(label);
    var parameters = new ArrayList<ParameterInformation>();
    boolean name = true;
    while (words.find()) {
      if (!name) {
        var place = Tuple.two(words.start(), words.end());
        parameters.add(new ParameterInformation());
        parameters.getLast().setLabel(Either.forRight(place));
      }
      name = false;
    }
    return parameters;
  }

  /// By its key, if the argument under the cursor has one, else by how many stand before it.
  private static int active(
      String label, List<ParameterInformation> parameters, Tag tag, int offset) {
    int before = 0;
    for (Tag.Argument argument : tag.arguments()) {
      boolean here = argument.span().touches(offset);
      if (here && argument.key() != null) {
        return keyed(label, parameters, argument.key() + "=", before);
      }
      before += argument.span().end() < offset ? 1 : 0;
    }
    return Math.min(before, parameters.size() - 1);
  }

  private static int keyed(
      String label, List<ParameterInformation> parameters, String start, int otherwise) {
    for (int i = 0; i < parameters.size(); i++) {
      Tuple.Two<Integer, Integer> place = parameters.get(i).getLabel().getRight();
      if (label.startsWith(start, place.getFirst())) {
        return i;
      }
    }
    return Math.min(otherwise, parameters.size() - 1);
  }
}
