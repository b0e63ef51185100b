package dev.callout.cli;

import dev.callout.cli.access.ApiAccess;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Resumes what stop-all has stopped. */
@Command(
        name = "resume-all",
        description = "Lets the campaigns go on that ran when everything was stopped; those that are paused stay so.")
final class ResumeAllCommand implements Callable<Integer> {

    @Mixin
    private ApiAccess api;

    @Override
    public Integer call() throws Exception {
        api.print(api.post("/api/resume-all"), "Nothing is stopped any more.\n");
        return 0;
    }
}
