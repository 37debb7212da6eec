package chat.chatto.core.timeline;

/** That a message says something else than before, for whoever keeps a copy of what all messages say. */
public sealed interface ContentChange {

    MessageAddress address();

    /**
     * What the message says now.
     *
     * @param added whether it was posted just now, so that nobody can have a copy; false when that cannot be told
     */
    record Said(Message message, boolean added) implements ContentChange {

        @Override
        public MessageAddress address() {
            return message.address();
        }
    }

    /** The message says nothing any more, or nothing that can be read. */
    record Silent(MessageAddress address) implements ContentChange {}

    /**
     * Nothing but the message's reactions changed.
     *
     * @param any whether it has any now
     */
    record Reacted(MessageAddress address, boolean any) implements ContentChange {}
}
