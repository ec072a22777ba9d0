package dev.promptls.template;

import java.util.List;
import java.util.Map;

/// A template as it is read.
///
/// @param blocks by their names, at whatever depth they stand
record JinjaTree(List<JinjaNode> nodes, Map<String, JinjaNode.Block> blocks) {}
