package chat.chatto.http.json;

import java.util.OptionalLong;

/** A number as it was written: whoever uses it decides what it has to fit. */
record JsonNumber(String literal) {

    /** Empty for fractions and what is beyond 64 bits. */
    OptionalLong whole() {
        try {
            return OptionalLong.of(Long.parseLong(literal));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
