package chat.chatto.launcher;

import picocli.CommandLine.Command;

/** The commands. Without one, help is shown and counts as a wrong command line. */
@Command(
        name = "chatto",
        description = "Team chat whose only storage is NATS JetStream.",
        subcommands = {
            ServeCommand.class,
            InitCommand.class,
            DoctorCommand.class,
            VersionCommand.class
        },
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:stopped as asked",
            "1:chatto doctor found a problem",
            "2:wrong command line",
            "69:NATS, or an address to listen on, is not available",
            "70:an unexpected failure",
            "73:a file cannot be written",
            "78:the configuration cannot be used"
        })
final class ChattoCommand {}
