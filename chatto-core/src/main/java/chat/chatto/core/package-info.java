/**
 * The domain of a team chat: accounts, rooms and their timelines. It knows its storage by {@link chat.chatto.storage} and its keys by {@link
 * chat.chatto.kms} only; who calls it, and over which protocol, it does not know.
 */
@NullMarked
package chat.chatto.core;

import org.jspecify.annotations.NullMarked;
