package chat.chatto.kms;

/** Nothing can be sealed for this owner any more: the key was destroyed for good. */
public final class KeyShreddedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    KeyShreddedException(KeyOwner owner) {
        super("The key of " + owner.id() + " was destroyed");
    }
}
