package chat.chatto.launcher;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/** Holds the product's classes against the layers that the documents describe. Between modules Maven's own edges hold too. */
class ArchitectureTest {

    private static JavaClasses classes = new ClassFileImporter().importClasses(List.of());

    @BeforeAll
    static void importClasses() {
        classes =
                new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .withImportOption(location -> !location.contains("-tests.jar"))
                        .importPackages("chat.chatto");
    }

    /** A rule about no classes always holds. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "storage",
                "storage.jetstream",
                "kms",
                "core",
                "core.timeline",
                "http",
                "launcher"
            })
    void looksAtTheClassesOfEveryModule(String name) {
        assertThat(classes.stream().map(JavaClass::getPackageName)).contains("chat.chatto." + name);
    }

    @Test
    void onlyOnePackageKnowsNats() {
        noClasses()
                .that(
                        resideInAPackage("chat.chatto..")
                                .and(
                                        JavaClass.Predicates.resideOutsideOfPackage(
                                                "chat.chatto.storage.jetstream..")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.nats..")
                .check(classes);
    }

    @Test
    void coreKnowsNeitherTransportNorFormatsNorTheInjector() {
        noClasses()
                .that(
                        resideInAPackage("chat.chatto.core..")
                                .and(JavaClass.Predicates.simpleNameEndingWith("Module").negate()))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage(
                                "io.nats..",
                                "io.undertow..",
                                "com.google.gson..",
                                "com.google.inject..",
                                "chat.chatto.storage.jetstream.."))
                .check(classes);
    }

    @Test
    void onlyModulesKnowTheInjector() {
        noClasses()
                .that(
                        resideInAPackage("chat.chatto..")
                                .and(simpleNameEndingWith("Module").negate())
                                .and(resideInAPackage("chat.chatto.launcher..").negate()))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.google.inject..")
                .check(classes);
    }

    @Test
    void onlyHttpKnowsUndertow() {
        noClasses()
                .that(resideInAPackage("chat.chatto.http..").negate())
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.undertow..")
                .check(classes);
    }

    @Test
    void httpKnowsNoStorage() {
        noClasses()
                .that()
                .resideInAPackage("chat.chatto.http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("chat.chatto.storage..", "chat.chatto.launcher..")
                .check(classes);
    }

    @Test
    void lowerLayersDoNotKnowHigherOnes() {
        layer(
                "chat.chatto.storage..",
                "chat.chatto.kms..",
                "chat.chatto.core..",
                "chat.chatto.http..",
                "chat.chatto.launcher..");
        layer(
                "chat.chatto.kms..",
                "chat.chatto.core..",
                "chat.chatto.http..",
                "chat.chatto.launcher..");
        layer("chat.chatto.core..", "chat.chatto.http..", "chat.chatto.launcher..");
    }

    private static void layer(String lower, String... higher) {
        noClasses()
                .that()
                .resideInAPackage(lower)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(higher)
                .check(classes);
    }

    /** Except that a module's root package knows its parts: that is where the *Module class is. */
    @ParameterizedTest
    @ValueSource(strings = {"storage", "kms", "core", "http", "launcher"})
    void hasNoCyclesBetweenPackages(String module) {
        slices().matching("chat.chatto." + module + ".(*)..")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(classes);
    }

    @Test
    void onlyTheLauncherReadsTheEnvironment() {
        noClasses()
                .that(resideInAPackage("chat.chatto.launcher..").negate())
                .should()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .check(classes);
    }
}
