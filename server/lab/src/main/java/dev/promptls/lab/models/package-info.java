/// The user's models behind the port [dev.promptls.lab.Models]: installed ones, files, endpoints.
@NullMarked
package dev.promptls.lab.models;

import org.jspecify.annotations.NullMarked;
