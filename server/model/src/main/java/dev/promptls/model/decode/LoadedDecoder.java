package dev.promptls.model.decode;

import dev.promptls.model.onnx.Decoder;

/// A decoder in memory with its cache slots.
record LoadedDecoder(Decoder decoder, SlotPool slots, int vocabulary) {}
