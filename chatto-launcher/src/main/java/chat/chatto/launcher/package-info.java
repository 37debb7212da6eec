/**
 * The program: its commands, and {@link chat.chatto.launcher.Server}, which puts all modules together, starts them in order and stops them
 * in reverse. The only place that knows every module.
 */
@NullMarked
package chat.chatto.launcher;

import org.jspecify.annotations.NullMarked;
