package chat.chatto.core;

/** What is wrong with one input, said so that a person can mend it. */
public record FieldError(String field, String message) {}
