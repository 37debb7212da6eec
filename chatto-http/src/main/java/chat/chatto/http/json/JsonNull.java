package chat.chatto.http.json;

/** The value {@code null}. */
enum JsonNull {
    NULL
}
