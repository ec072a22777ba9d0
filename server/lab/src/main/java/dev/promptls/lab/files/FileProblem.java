package dev.promptls.lab.files;

import java.nio.file.Path;

/// A file or folder that could not be used.
///
/// @param sentence that names it, says why, and what to do
public record FileProblem(Path path, String sentence) {}
