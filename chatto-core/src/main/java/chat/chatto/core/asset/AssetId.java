package chat.chatto.core.asset;

import chat.chatto.core.Identifiers;

/** Identifies an uploaded file for good. */
public record AssetId(String value) {

    public AssetId {
        Identifiers.check("file", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
