/// Bytes to requests and back: framing, JSON-RPC, lifecycle and order. Knows nothing of prompts.
@NullMarked
package dev.promptls.lsp.wire;

import org.jspecify.annotations.NullMarked;
