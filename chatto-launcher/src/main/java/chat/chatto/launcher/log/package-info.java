/** Logging: how the process logs, set up in code from the configuration. */
@NullMarked
package chat.chatto.launcher.log;

import org.jspecify.annotations.NullMarked;
