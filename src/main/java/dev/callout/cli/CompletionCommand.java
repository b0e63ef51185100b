package dev.callout.cli;

import dev.callout.cli.output.Printout;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the script with which a shell completes words of the command line. */
@Command(
        name = "completion",
        description =
                "Prints a script that lets bash or zsh complete commands and options: source <(callout completion)")
final class CompletionCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        Printout out = Printout.of(spec);
        out.print(AutoComplete.bash("callout", spec.root().commandLine()));
        out.flush();
    }
}
