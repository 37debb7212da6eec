package chat.chatto.core.attachment;

import chat.chatto.core.asset.Attachment;
import chat.chatto.core.timeline.Message;

/** A file and the message that carries it. */
public record RoomFile(Attachment attachment, Message message) {}
