/**
 * Configuration: every key with its type and default in {@link chat.chatto.launcher.config.Keys}, read from chatto.toml, the environment
 * and the command line, checked as a whole, and handed on as immutable records. Nothing else reads the environment.
 */
@NullMarked
package chat.chatto.launcher.config;

import org.jspecify.annotations.NullMarked;
