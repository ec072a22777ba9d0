package dev.promptls.model.decode;

import ai.onnxruntime.OrtException;
import dev.promptls.model.Cancellation;
import dev.promptls.model.GenerateRequest;
import dev.promptls.model.Generation;
import dev.promptls.model.LanguageModel;
import dev.promptls.model.ModelException;
import dev.promptls.model.ModelInfo;
import dev.promptls.model.Score;
import dev.promptls.model.ScoreRequest;
import dev.promptls.model.TokenIds;
import dev.promptls.model.TokenSink;
import dev.promptls.model.chat.ChatTemplate;
import dev.promptls.model.onnx.Decoder;
import dev.promptls.model.onnx.FolderVocabulary;
import dev.promptls.model.onnx.ModelFolder;
import dev.promptls.model.tokens.ModelTokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A model running in this process.
public final class Engine implements LanguageModel {
  private static final int MAX_ROWS = 16;

  private final ModelFolder folder;
  private final EngineSettings settings;
  private final ModelTokenizer tokenizer;
  private final PromptEncoder encoder;
  private final Set<Integer> endIds;
  private final Scheduler scheduler;
  private final LoadedDecoder fast;
  private @Nullable LoadedDecoder exact;
  private boolean closed;

  private Engine(
      ModelFolder folder,
      EngineSettings settings,
      FolderVocabulary vocabulary,
      ChatTemplate chat,
      Decoder decoder) {
    this.folder = folder;
    this.settings = settings;
    tokenizer = vocabulary.tokenizer();
    ModelInfo info = folder.info();
    encoder = new PromptEncoder(info, tokenizer, chat, vocabulary.startId());
    endIds = vocabulary.endIds();
    fast = loaded(decoder);
    scheduler = new Scheduler(info.name());
  }

  /// Loads the model of a folder.
  ///
  /// @throws ModelException if it is damaged, or the device is not there
  public static Engine open(ModelFolder folder, EngineSettings settings) throws ModelException {
    // What can be refused comes first: nothing is left to close then.
    FolderVocabulary vocabulary = folder.vocabulary();
    ChatTemplate chat = ChatTemplate.of(folder.info());
    Decoder decoder = folder.load(false, settings.hardware());
    return new Engine(folder, settings, vocabulary, chat, decoder);
  }

  private LoadedDecoder loaded(Decoder decoder) {
    return new LoadedDecoder(
        decoder,
        new SlotPool(decoder, settings.slots(), settings.cacheBytes()),
        folder.info().vocabularySize());
  }

  /// The weights in float arithmetic are a second copy in memory, made when first asked for.
  private synchronized LoadedDecoder decoder(boolean wantsExact) throws ModelException {
    if (!wantsExact || !folder.hasExact()) {
      return fast;
    }
    if (closed) {
      throw Scheduler.closedModel();
    }
    LoadedDecoder made = exact;
    if (made == null) {
      made = loaded(folder.load(true, settings.hardware()));
      exact = made;
    }
    return made;
  }

  @Override
  public ModelInfo info() {
    return folder.info();
  }

  @Override
  public Generation generate(GenerateRequest request, TokenSink sink, Cancellation cancellation)
      throws ModelException {
    PromptEncoder.Encoded prompt = encode(request);
    return scheduler.run(
        new GenerateJob(
            request,
            decoder(request.exact()),
            prompt,
            answer(request, prompt.ids(), sink),
            cancellation));
  }

  @Override
  public List<Generation> generateAll(
      List<GenerateRequest> requests, BatchSink sink, Cancellation cancellation)
      throws ModelException {
    if (requests.isEmpty()) {
      return List.of();
    }
    List<BatchJob.Item> items = new ArrayList<>();
    int capacity = 1;
    for (GenerateRequest request : requests) {
      PromptEncoder.Encoded prompt = encode(request);
      items.add(
          new BatchJob.Item(
              prompt, answer(request, prompt.ids(), TokenSink.NONE), request.sampling()));
      capacity = Math.max(capacity, prompt.ids().size() + maxTokens(request, prompt.ids()));
    }
    LoadedDecoder decoder = decoder(requests.getFirst().exact());
    int rows =
        Math.clamp(settings.cacheBytes() / decoder.decoder().cacheBytes(capacity), 2, MAX_ROWS);
    return scheduler.run(
        new BatchJob(
            requests.getFirst().lane(),
            decoder,
            items,
            decoder.decoder().newCache(Math.max(2, Math.min(rows, items.size())), capacity),
            sink,
            cancellation));
  }

  @Override
  public Score score(ScoreRequest request, Cancellation cancellation) throws ModelException {
    TokenIds ids = encoder.encode(request.input()).ids();
    checkLength(ids, info().contextWindow());
    return scheduler.run(new ScoreJob(request, decoder(request.exact()), ids, cancellation));
  }

  private PromptEncoder.Encoded encode(GenerateRequest request) throws ModelException {
    PromptEncoder.Encoded prompt = encoder.encode(request.input());
    if (prompt.ids().isEmpty()) {
      throw new ModelException("The prompt is empty; write something to continue.");
    }
    checkLength(prompt.ids(), info().contextWindow());
    return prompt;
  }

  private void checkLength(TokenIds ids, int most) throws ModelException {
    if (ids.size() > most) {
      throw new ModelException(
          "The text has %d tokens and %s takes %d; shorten it or choose a model with a larger context."
              .formatted(ids.size(), info().name(), most));
    }
  }

  private Answer answer(GenerateRequest request, TokenIds prompt, TokenSink sink) {
    return new Answer(request, maxTokens(request, prompt), endIds, tokenizer.stream(), sink);
  }

  /// The last token of an answer need not fit: it is never run.
  private int maxTokens(GenerateRequest request, TokenIds prompt) {
    return Math.min(request.maxTokens(), info().contextWindow() - prompt.size() + 1);
  }

  @Override
  public void close() {
    scheduler.close();
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      close(fast);
      if (exact != null) {
        close(exact);
      }
    }
  }

  private static void close(LoadedDecoder loaded) {
    loaded.slots().close();
    try {
      loaded.decoder().close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime does not let go of a session.", e);
    }
  }
}
