package chat.chatto.launcher.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;

import chat.chatto.launcher.config.LogConfig;

import net.logstash.logback.encoder.LogstashEncoder;

import org.slf4j.LoggerFactory;

import java.io.Console;
import java.util.Optional;

/** Sets logback up in code: nothing to parse at start, and the one place to look at. Everything goes to standard error. */
public final class Logging {

    /** What was told beside the message, if anything. */
    private static final String FACTS = "%replace( %kvp){'^ $', ''}";

    private static final String TEXT =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX, UTC} %-5level %logger{0} %msg"
                    + FACTS
                    + "%n%ex{full}";
    private static final String TERMINAL =
            "%d{HH:mm:ss.SSS} %-5level %logger{0}  %msg" + FACTS + "%n%ex{full}";

    /** Libraries whose everyday remarks are of no use to an operator. */
    private static final String[] QUIET = {"io.undertow", "org.xnio", "org.jboss", "io.nats"};

    /** Guice complains here that it cannot read line numbers from new class files; held, since java.util.logging would forget it. */
    private static final java.util.logging.Logger GUICE_LINE_NUMBERS =
            java.util.logging.Logger.getLogger("com.google.inject.internal.util.LineNumbers");

    private Logging() {}

    /** Replaces whatever was set up before. */
    public static void configure(LogConfig config) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        GUICE_LINE_NUMBERS.setLevel(java.util.logging.Level.OFF);
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder(config.format(), context));
        appender.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.toLevel(config.level()));
        root.addAppender(appender);
        if (root.getLevel().isGreaterOrEqual(Level.INFO)) {
            for (String library : QUIET) {
                context.getLogger(library).setLevel(Level.WARN);
            }
        }
    }

    private static Encoder<ILoggingEvent> encoder(LogConfig.Format format, LoggerContext context) {
        Encoder<ILoggingEvent> encoder =
                switch (format) {
                    case AUTO ->
                            pattern(
                                    Optional.ofNullable(System.console())
                                                    .filter(Console::isTerminal)
                                                    .isPresent()
                                            ? TERMINAL
                                            : TEXT);
                    case TEXT -> pattern(TEXT);
                    case JSON -> new LogstashEncoder();
                    case LOGFMT -> new LogfmtEncoder();
                };
        encoder.setContext(context);
        encoder.start();
        return encoder;
    }

    private static Encoder<ILoggingEvent> pattern(String pattern) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setPattern(pattern);
        return encoder;
    }
}
