package chat.chatto.launcher.config;

/** Where a value comes from, from weak to strong. */
public enum Source {
    DEFAULT,
    FILE,
    ENVIRONMENT,
    FLAG
}
