package chat.chatto.core.asset;

/**
 * One form in which a file is stored, in {@link #parts} sealed objects.
 *
 * @param size in bytes, before sealing
 */
public record Content(Form form, long size) {

    /** How many bytes a part holds; the last one holds what is left. */
    public static final int PART_BYTES = 1 << 20;

    /** Bytes of its content of which a part is made. */
    public int length(long part) {
        return (int) Math.min(PART_BYTES, size - part * PART_BYTES);
    }

    public long parts() {
        return parts(size);
    }

    static long parts(long size) {
        return (size + PART_BYTES - 1) / PART_BYTES;
    }
}
