package dev.promptls.model.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.promptls.model.ModelException;
import dev.promptls.model.ModelInfo;
import dev.promptls.model.TokenIds;
import dev.promptls.model.tokens.ModelTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/// A folder as Optimum, onnx-community and onnxruntime-genai lay it out: graphs in it or in its
/// folder `onnx`, `tokenizer.json` and what [PublishedConfig] reads.
///
/// @param graph of those in the folder the one that is run
record PublishedFolder(Path path, Path graph, PublishedConfig config, ModelInfo info)
    implements ModelFolder {
  private static final String TOKENIZER = "tokenizer.json";

  /// What publishers call a decoder with a cache: the best first.
  private static final List<String> GRAPHS =
      List.of(
          "model.onnx",
          "decoder_model_merged.onnx",
          "decoder_with_past_model.onnx",
          "model_fp16.onnx",
          "model_q8.onnx",
          "model_int8.onnx",
          "model_quantized.onnx",
          "model_q4.onnx",
          "model_q4f16.onnx",
          "decoder_model_merged_quantized.onnx");

  static PublishedFolder open(Path path) throws ModelException {
    PublishedConfig config = PublishedConfig.read(path);
    Path graph = graph(path, config);
    if (!Files.isRegularFile(path.resolve(TOKENIZER))) {
      throw new ModelException(
          path + " holds no tokenizer.json: put there the one that its publisher has.");
    }
    return new PublishedFolder(path, graph, config, info(path, graph, config));
  }

  private static ModelInfo info(Path path, Path graph, PublishedConfig config)
      throws ModelException {
    return new ModelInfo(
        Objects.requireNonNullElse(path.toAbsolutePath().normalize().getFileName(), path)
            .toString(),
        config.architecture(),
        PublishedConfig.quantisation(graph),
        0,
        config.contextWindow(),
        config.vocabularySize(),
        config.chatTemplate().orElse(null),
        config.startToken().orElse(null),
        config.endToken().orElse(null),
        addsStart(path, config));
  }

  private static Path graph(Path folder, PublishedConfig config) throws ModelException {
    List<String> names = new ArrayList<>();
    config.graph().filter(name -> name.matches("[\\w. -]+\\.onnx")).ifPresent(names::add);
    names.addAll(GRAPHS);
    for (String name : names) {
      for (Path place : List.of(folder, folder.resolve("onnx"))) {
        if (Files.isRegularFile(place.resolve(name))) {
          return place.resolve(name);
        }
      }
    }
    return onlyGraph(folder);
  }

  private static Path onlyGraph(Path folder) throws ModelException {
    try (Stream<Path> all = Files.list(folder)) {
      List<Path> graphs = all.filter(file -> file.toString().endsWith(".onnx")).limit(2).toList();
      if (graphs.size() == 1) {
        return graphs.getFirst();
      }
    } catch (IOException e) {
      throw new ModelException(
          "%s cannot be listed (%s): name a folder with an ONNX model."
              .formatted(folder, e.getMessage()),
          e);
    }
    throw new ModelException(
        folder + " holds no graph that is known by its name: call the one to run model.onnx.");
  }

  /// As `tokenizer_config.json` says, else as `tokenizer.json` does.
  private static boolean addsStart(Path path, PublishedConfig config) throws ModelException {
    Optional<Boolean> said = config.addsStart();
    return config.startToken().isPresent()
        && (said.isPresent() ? said.get() : StartRule.addsStart(path.resolve(TOKENIZER)));
  }

  @Override
  public FolderVocabulary vocabulary() throws ModelException {
    ModelTokenizer tokenizer = ModelTokenizer.load(path.resolve(TOKENIZER));
    Set<Integer> ends = config.endIds();
    single(tokenizer, config.endToken()).ifPresent(ends::add);
    OptionalInt start =
        info.addsStart() ? single(tokenizer, config.startToken()) : OptionalInt.empty();
    return new FolderVocabulary(tokenizer, start, ends);
  }

  private static OptionalInt single(ModelTokenizer tokenizer, Optional<String> token) {
    TokenIds ids = token.map(tokenizer::encode).orElse(TokenIds.EMPTY);
    return ids.size() == 1 ? OptionalInt.of(ids.get(0)) : OptionalInt.empty();
  }

  @Override
  public boolean hasExact() {
    return false;
  }

  @Override
  public Decoder load(boolean exact, Hardware hardware) throws ModelException {
    GraphFacts facts = GraphCheck.check(graph, path);
    DecoderPorts ports = DecoderPorts.of(graph, facts, config);
    try {
      OrtSession session = hardware.open(graph);
      // A GPU works on copies, so past and present are never one buffer there.
      return new PublishedDecoder(session, ports, ports.sharesCache() && hardware.isCpu());
    } catch (OrtException e) {
      throw new ModelException(
          "ONNX Runtime cannot load %s (%s): get it again from its publisher, or choose another."
              .formatted(graph, e.getMessage()),
          e);
    }
  }
}
