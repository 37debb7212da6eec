package chat.chatto.launcher.config;

import java.util.List;

/** The configuration cannot be used; the message names every reason, one a line. */
public final class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ConfigurationException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
    }
}
