package chat.chatto.core.asset;

/** How large a picture is, in pixels. */
public record PixelSize(int width, int height) {

    long pixels() {
        return (long) width * height;
    }

    PixelSize turned() {
        return new PixelSize(/* width= */ height, /* height= */ width);
    }
}
