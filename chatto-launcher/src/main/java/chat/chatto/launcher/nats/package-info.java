/**
 * The nats-server that Chatto runs itself: found, configured, supervised, restarted, stopped, never doubled and never orphaned.
 * {@link chat.chatto.launcher.nats.EmbeddedNats} is the way in.
 */
@NullMarked
package chat.chatto.launcher.nats;

import org.jspecify.annotations.NullMarked;
