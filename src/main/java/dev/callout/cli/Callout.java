package dev.callout.cli;

import dev.callout.cli.gateway.CallerIdCommand;
import dev.callout.cli.gateway.GatewayCommand;
import dev.callout.cli.output.FailureReport;
import dev.callout.cli.output.Printout;
import dev.callout.cli.prompt.PromptCommand;
import dev.callout.cli.report.ReportCommand;
import dev.callout.cli.testcall.TestCallCommand;
import dev.callout.cli.testcall.TestNumberCommand;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program. Without a command it runs the demo. */
@Command(
        name = "callout",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = Callout.Version.class,
        description = "Calls the numbers of a MariaDB table through FreeSWITCH. Without a command it runs the demo.",
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            CheckCommand.class,
            StatusCommand.class,
            CampaignCommand.class,
            NumbersCommand.class,
            GatewayCommand.class,
            CallerIdCommand.class,
            TestCallCommand.class,
            TestNumberCommand.class,
            PromptCommand.class,
            ReportCommand.class,
            DoNotCallCommand.class,
            TimetableCommand.class,
            HolidaysCommand.class,
            TokenCommand.class,
            PersonCommand.class,
            StopAllCommand.class,
            ResumeAllCommand.class,
            DrainCommand.class,
            ReloadCommand.class,
            MigrateCommand.class,
            PartitionCommand.class,
            SwitchCommand.class
        })
public final class Callout {

    @Spec
    private CommandSpec spec;

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(arguments(args)));
    }

    static String[] arguments(String... given) {
        return given.length == 0 ? new String[] {"demo"} : given;
    }

    static CommandLine commandLine() {
        return new CommandLine(new Callout()).setExecutionExceptionHandler(new FailureReport());
    }

    @Command(
            description =
                    "Prints a script that lets bash or zsh complete commands and options: source <(callout completion)")
    void completion() {
        Printout out = Printout.of(spec);
        out.print(AutoComplete.bash("callout", spec.commandLine()));
        out.flush();
    }

    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {text()};
        }

        /** Reads the version from the jar's manifest, which only a packaged Callout has. */
        static String text() {
            String version = Callout.class.getPackage().getImplementationVersion();
            return "Callout " + (version == null ? "(not packaged)" : version);
        }
    }
}
