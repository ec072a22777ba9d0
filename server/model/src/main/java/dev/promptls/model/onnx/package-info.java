/// Writes ONNX graphs from GGUF files and runs decoders on ONNX Runtime.
@NullMarked
package dev.promptls.model.onnx;

import org.jspecify.annotations.NullMarked;
