package chat.chatto.launcher;

import picocli.CommandLine.IVersionProvider;

import java.util.Objects;

/** The product's version, from the jar. */
final class Version implements IVersionProvider {

    /** The version, or "development" when the classes do not come from a jar. */
    static String get() {
        return Objects.requireNonNullElse(
                Version.class.getPackage().getImplementationVersion(), "development");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"chatto " + get()};
    }
}
