package chat.chatto.core.asset;

import chat.chatto.core.stored.v1.StoredContent;
import chat.chatto.core.stored.v1.StoredFile;

import com.google.protobuf.UnsafeByteOperations;

import java.util.ArrayList;
import java.util.List;

/** The stored form of files. Stateless. */
public final class FileCodec {

    private FileCodec() {}

    public static StoredFile encode(SealedFile file) {
        var stored =
                StoredFile.newBuilder()
                        .setId(file.id().value())
                        .setSealedDescription(
                                UnsafeByteOperations.unsafeWrap(file.sealedDescription()));
        for (Content content : file.contents()) {
            stored.addContents(
                    StoredContent.newBuilder()
                            .setForm(content.form().number())
                            .setSize(content.size()));
        }
        return stored.build();
    }

    /** Leaves out forms that a newer version introduced. */
    public static SealedFile decode(StoredFile stored) {
        List<Content> contents = new ArrayList<>();
        for (StoredContent content : stored.getContentsList()) {
            for (Form form : Form.values()) {
                if (form.number() == content.getForm()) {
                    contents.add(new Content(form, content.getSize()));
                }
            }
        }
        return new SealedFile(
                new AssetId(stored.getId()), contents, stored.getSealedDescription().toByteArray());
    }

    public static List<StoredFile> encode(List<SealedFile> files) {
        return files.stream().map(FileCodec::encode).toList();
    }

    public static List<SealedFile> decode(List<StoredFile> stored) {
        return stored.stream().map(FileCodec::decode).toList();
    }
}
