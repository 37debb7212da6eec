package chat.chatto.core.asset;

/** The forms in which a file may be stored. */
public enum Form {
    /** As it came. */
    UPLOADED(1),
    /** A picture without whatever does not belong to the picture. */
    CLEANED(2),
    /** A picture as large as timelines show it. */
    TIMELINE(3),
    /** A picture as large as it is shown alone. */
    LARGE(4),
    /** A still of a video. */
    POSTER(5);

    private final int number;

    Form(int number) {
        this.number = number;
    }

    /** The number that stands for it in what is stored; never changes. */
    int number() {
        return number;
    }
}
