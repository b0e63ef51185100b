package dev.callout.settings;

import dev.callout.campaign.prompt.UploadedFile;
import java.nio.file.Path;

/**
 * Where the copies of uploaded prompts are.
 *
 * @param folder   folder of this node's machine; it need not exist
 * @param onSwitch absolute path under which the switches read the same folder, without a slash at its end
 */
public record PromptSettings(Path folder, String onSwitch) {

    /** Returns the path under which switches play the content with this SHA-256. */
    public String played(String sha256) {
        return onSwitch + "/" + UploadedFile.name(sha256);
    }

    /** Returns where this machine has what switches play from a path; the path itself if it is none of the folder. */
    public String here(String played) {
        return played.startsWith(onSwitch + "/")
                ? folder.resolve(played.substring(onSwitch.length() + 1)).toString()
                : played;
    }
}
