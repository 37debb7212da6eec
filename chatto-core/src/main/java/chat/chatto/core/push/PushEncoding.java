package chat.chatto.core.push;

/** Writes what devices are told in the form that the client's service worker reads. */
@FunctionalInterface
public interface PushEncoding {

    /** At most {@value PayloadEncryption#LONGEST} bytes. */
    byte[] encode(PushContent content);
}
