package chat.chatto.launcher.doctor;

import chat.chatto.core.timeline.Verification;
import chat.chatto.launcher.doctor.Finding.Severity;
import chat.chatto.storage.StorageReport.Condition;
import chat.chatto.storage.StorageReport.Resource;
import chat.chatto.storage.StorageReport.Server;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The report for machines: one JSON object. Fields are only ever added. */
final class JsonReport {

    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private JsonReport() {}

    static void print(PrintWriter out, Facts facts, List<Finding> findings) {
        JsonObject report = new JsonObject();
        report.addProperty("time", facts.time().toString());
        report.addProperty(
                "healthy",
                findings.stream().noneMatch(finding -> finding.severity() == Severity.PROBLEM));
        report.addProperty("replicas", facts.replicas());
        report.add("servers", array(facts.storage().servers(), JsonReport::server));
        report.add("resources", array(facts.storage().resources(), JsonReport::resource));
        report.add("shards", array(facts.shards(), JsonReport::shard));
        report.add("findings", array(findings, JsonReport::finding));
        out.println(GSON.toJson(report));
        out.flush();
    }

    private static <T> JsonArray array(List<T> items, Function<T, JsonElement> writer) {
        JsonArray array = new JsonArray();
        items.forEach(item -> array.add(writer.apply(item)));
        return array;
    }

    private static JsonElement server(Server server) {
        JsonObject json = new JsonObject();
        json.addProperty("address", server.address());
        server.identity()
                .ifPresent(
                        identity -> {
                            json.addProperty("name", identity.name());
                            json.addProperty("version", identity.version());
                        });
        server.trouble().ifPresent(trouble -> json.addProperty("trouble", trouble));
        server.monitoring()
                .ifPresent(
                        monitoring -> json.addProperty("syncInterval", monitoring.syncInterval()));
        return json;
    }

    private static JsonElement resource(Resource resource) {
        JsonObject json = new JsonObject();
        json.addProperty("name", resource.name());
        json.addProperty("kind", TextReport.kind(resource.kind()));
        json.addProperty("wantedReplicas", resource.replicas());
        switch (resource.condition()) {
            case Condition.Missing() -> json.addProperty("state", "missing");
            case Condition.Unanswered _ -> json.addProperty("state", "unanswered");
            case Condition.Present present -> {
                json.addProperty("state", "present");
                json.addProperty("storage", present.inMemory() ? "memory" : "file");
                json.addProperty("replicas", present.replicas());
                present.leader().ifPresent(leader -> json.addProperty("leader", leader));
                json.addProperty("lag", present.worstLag());
                json.addProperty("messages", present.records());
                json.addProperty("bytes", present.bytes());
            }
        }
        return json;
    }

    private static JsonElement shard(Facts.Shard shard) {
        JsonObject json = new JsonObject();
        json.addProperty("number", shard.number());
        shard.folding()
                .ifPresent(
                        folding -> {
                            json.addProperty("unfolded", folding.waiting());
                            folding.oldest()
                                    .ifPresent(
                                            at -> json.addProperty("unfoldedSince", at.toString()));
                        });
        shard.verification().ifPresent(done -> json.add("verification", verification(done)));
        return json;
    }

    private static JsonElement verification(Verification verification) {
        JsonObject json = new JsonObject();
        json.addProperty("rooms", verification.rooms());
        json.addProperty("pages", verification.pages());
        json.addProperty("commits", verification.commits());
        json.add("damages", array(verification.damages(), JsonReport::damage));
        return json;
    }

    private static JsonElement damage(Verification.Damage damage) {
        JsonObject json = new JsonObject();
        damage.room().ifPresent(room -> json.addProperty("room", room.value()));
        json.addProperty("firstBadSequence", damage.sequence());
        json.addProperty("what", damage.what());
        return json;
    }

    private static JsonElement finding(Finding finding) {
        JsonObject json = new JsonObject();
        json.addProperty("severity", finding.severity().name().toLowerCase(Locale.ROOT));
        json.addProperty("subject", finding.subject());
        json.addProperty("problem", finding.problem());
        json.addProperty("remedy", finding.remedy());
        return json;
    }
}
