package dev.promptls.model.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TrainingInfoProto;
import com.google.protobuf.ByteString;
import dev.promptls.model.ModelException;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a stranger's graph can hold, and that none of it gets to ONNX Runtime.
class GraphCheckTest {
  private static final Path PUBLISHED = Path.of("src/test/resources/published");

  @TempDir Path folder;

  @Test
  void tellsWhichGraphsShareTheirCache() throws Exception {
    Path genai = PUBLISHED.resolve("genai");
    assertTrue(GraphCheck.check(genai.resolve("model.onnx"), genai).sharesCache());
    Path optimum = PUBLISHED.resolve("optimum");
    GraphFacts facts = GraphCheck.check(optimum.resolve("onnx/model.onnx"), optimum);
    assertFalse(facts.sharesCache());
    assertEquals(7, facts.inputs().size());
    assertEquals(5, facts.outputs().size());
  }

  @Test
  void brokenBytesAreRefusedOrHarmless() throws Exception {
    byte[] sound = Files.readAllBytes(PUBLISHED.resolve("genai/model.onnx"));
    Files.copy(PUBLISHED.resolve("genai/model.onnx.data"), folder.resolve("model.onnx.data"));
    Random random = new Random(7);
    int refused = 0;
    for (int i = 0; i < 1000; i++) {
      byte[] broken =
          Arrays.copyOf(sound, i % 2 == 0 ? sound.length : random.nextInt(sound.length));
      for (int flips = 0; broken.length > 0 && flips < 3; flips++) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt();
      }
      try {
        var _ = GraphCheck.check(write(broken), folder);
      } catch (ModelException e) {
        refused++;
        assertTrue(e.getMessage().contains(folder.toString()));
        assertFalse(e.getMessage().contains("\n"));
      }
    }
    assertTrue(refused > 300, "refused " + refused);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../weights",
        "/etc/hostname",
        "a/../../weights",
        "*/_ORT_MEM_ADDR_/*",
        "",
        "a\\b"
      })
  void weightsLieInsideTheFolder(String location) throws Exception {
    String sentence = refusal(initializer(external(location, "0", "16")));
    assertTrue(sentence.contains("outside of its folder"), sentence);
  }

  @Test
  void linksDoNotLeadOut() throws Exception {
    Path inner = Files.createDirectories(folder.resolve("inner"));
    Files.write(folder.resolve("secret"), new byte[64]);
    Files.createSymbolicLink(inner.resolve("weights"), folder.resolve("secret"));
    Path file = inner.resolve("model.onnx");
    Files.write(file, initializer(external("weights", "0", "16")).toByteArray());
    ModelException e = assertThrows(ModelException.class, () -> GraphCheck.check(file, inner));
    assertTrue(e.getMessage().contains("outside of its folder"));
    Path link = Files.createSymbolicLink(folder.resolve("inner/link.onnx"), write(new byte[0]));
    e = assertThrows(ModelException.class, () -> GraphCheck.check(link, inner));
    assertTrue(e.getMessage().contains("leads out"));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 16, true",
    "48, 16, true",
    "49, 16, false",
    "0, 17, false",
    "-1, 16, false",
    "9223372036854775807, 16, false",
    "x, 16, false"
  })
  void weightsLieInsideTheirFile(String offset, String length, boolean sound) throws Exception {
    Files.write(folder.resolve("weights"), new byte[64]);
    ModelProto model = initializer(external("weights", offset, length));
    if (sound) {
      var _ = GraphCheck.check(write(model.toByteArray()), folder);
    } else {
      assertTrue(refusal(model).contains("`w`"));
    }
  }

  @Test
  void missingWeightsAreNamed() throws Exception {
    String sentence = refusal(initializer(external("model.onnx_data", "0", "16")));
    assertTrue(sentence.contains("model.onnx_data, which is not there"), sentence);
  }

  @Test
  void sizesFit() throws Exception {
    TensorProto.Builder four = tensor().addDims(4);
    var _ = GraphCheck.check(write(initializer(data(four, 16)).toByteArray()), folder);
    assertTrue(refusal(initializer(data(tensor().addDims(4), 15))).contains("more or less data"));
    assertTrue(refusal(initializer(data(tensor().addDims(-4), 16))).contains("negative"));
    TensorProto.Builder huge = tensor().addDims(1L << 40).addDims(1L << 40);
    assertTrue(refusal(initializer(data(huge, 16))).contains("beyond all files"));
    assertTrue(refusal(initializer(data(tensor().setDataType(99), 16))).contains("not known"));
  }

  @Test
  void operatorsComeFromOnnxRuntime() throws Exception {
    var _ =
        GraphCheck.check(write(model(node("com.microsoft", "QuickGelu")).toByteArray()), folder);
    assertTrue(refusal(model(node("ai.onnx.contrib", "PyOp"))).contains("`ai.onnx.contrib.PyOp`"));
    assertTrue(refusal(model(node("com.microsoft", "EPContext"))).contains("EPContext"));
    assertTrue(refusal(model(node("mine", "Exec"))).contains("none is loaded"));
  }

  @Test
  void functionsEnd() throws Exception {
    ModelProto.Builder model = model(node("mine", "f0")).toBuilder();
    for (int i = 0; i < 10; i++) {
      model.addFunctions(function("f" + i, i < 9 ? node("mine", "f" + (i + 1)) : node("", "Relu")));
    }
    var _ = GraphCheck.check(write(model.build().toByteArray()), folder);
    ModelProto circle =
        model(node("mine", "a")).toBuilder()
            .addFunctions(function("a", node("mine", "b")))
            .addFunctions(function("b", node("mine", "a")))
            .build();
    assertTrue(refusal(circle).contains("call itself"));
  }

  @Test
  void functionsStaySmall() throws Exception {
    ModelProto.Builder model = model(node("mine", "f0")).toBuilder();
    for (int i = 0; i < 12; i++) {
      NodeProto inner = i < 11 ? node("mine", "f" + (i + 1)) : node("", "Relu");
      model.addFunctions(function("f" + i, inner, inner, inner, inner, inner, inner));
    }
    assertTrue(refusal(model.build()).contains("millions of operators"));
  }

  @Test
  void nestingIsBounded() throws Exception {
    var _ = GraphCheck.check(write(model(nested(10)).toByteArray()), folder);
    assertTrue(refusal(model(nested(20))).contains("nests graphs"));
    ModelProto.Builder chain = model(node("mine", "f0")).toBuilder();
    // Listed so that each is known before its caller is looked at.
    for (int i = 40; i >= 0; i--) {
      chain.addFunctions(
          function("f" + i, i < 40 ? node("mine", "f" + (i + 1)) : node("", "Relu")));
    }
    assertTrue(refusal(chain.build()).contains("nests functions"));
  }

  @Test
  void nothingIsMerged() throws Exception {
    AttributeProto once = AttributeProto.newBuilder().setName("value").setT(tensor()).build();
    ByteArrayOutputStream twice = new ByteArrayOutputStream();
    once.writeTo(twice);
    once.writeTo(twice);
    NodeProto.Builder node = node("", "Constant").toBuilder();
    byte[] bytes = twice.toByteArray();
    // Written by hand: a builder would merge the two.
    ByteArrayOutputStream raw = new ByteArrayOutputStream();
    node.build().writeTo(raw);
    raw.write(NodeProto.ATTRIBUTE_FIELD_NUMBER << 3 | 2);
    raw.write(bytes.length);
    raw.writeBytes(bytes);
    byte[] inner = raw.toByteArray();
    ByteArrayOutputStream graph = new ByteArrayOutputStream();
    graph.write(GraphProto.NODE_FIELD_NUMBER << 3 | 2);
    graph.write(inner.length);
    graph.writeBytes(inner);
    ByteArrayOutputStream model = new ByteArrayOutputStream();
    model.write(ModelProto.GRAPH_FIELD_NUMBER << 3 | 2);
    model.write(graph.size());
    model.writeBytes(graph.toByteArray());
    ModelException e =
        assertThrows(
            ModelException.class, () -> GraphCheck.check(write(model.toByteArray()), folder));
    assertTrue(e.getMessage().contains("no whole ONNX file"));
  }

  @Test
  void trainingIsNotRun() throws Exception {
    ModelProto model =
        model(node("", "Relu")).toBuilder()
            .addTrainingInfo(TrainingInfoProto.getDefaultInstance())
            .build();
    assertTrue(refusal(model).contains("for training"));
  }

  private String refusal(ModelProto model) throws Exception {
    Path file = write(model.toByteArray());
    String sentence =
        assertThrows(ModelException.class, () -> GraphCheck.check(file, folder)).getMessage();
    assertTrue(sentence.contains(file.toString()) && sentence.endsWith("."), sentence);
    return sentence;
  }

  private Path write(byte[] bytes) throws Exception {
    return Files.write(folder.resolve("model.onnx"), bytes);
  }

  private static ModelProto model(NodeProto node) {
    return ModelProto.newBuilder().setGraph(GraphProto.newBuilder().addNode(node)).build();
  }

  private static ModelProto initializer(TensorProto tensor) {
    return ModelProto.newBuilder().setGraph(GraphProto.newBuilder().addInitializer(tensor)).build();
  }

  private static NodeProto node(String domain, String type) {
    return NodeProto.newBuilder().setDomain(domain).setOpType(type).build();
  }

  private static NodeProto nested(int depth) {
    NodeProto.Builder node = node("", "If").toBuilder();
    if (depth > 0) {
      node.addAttribute(
          AttributeProto.newBuilder()
              .setName("then_branch")
              .setG(GraphProto.newBuilder().addNode(nested(depth - 1))));
    }
    return node.build();
  }

  private static FunctionProto function(String name, NodeProto... nodes) {
    return FunctionProto.newBuilder()
        .setDomain("mine")
        .setName(name)
        .addAllNode(Arrays.asList(nodes))
        .build();
  }

  private static TensorProto.Builder tensor() {
    return TensorProto.newBuilder()
        .setName("w")
        .setDataType(TensorProto.DataType.FLOAT.getNumber());
  }

  private static TensorProto data(TensorProto.Builder tensor, int bytes) {
    return tensor.setRawData(ByteString.copyFrom(new byte[bytes])).build();
  }

  private static TensorProto external(String location, String offset, String length) {
    return tensor()
        .addDims(4)
        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
        .addExternalData(entry("location", location))
        .addExternalData(entry("offset", offset))
        .addExternalData(entry("length", length))
        .build();
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }
}
