package io.atelier.trainer.runtime.runs;

import io.atelier.trainer.domain.RunFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * A run in a folder that this service and the training program both see.
 *
 * @param folder the folder, at one path for both
 * @param arguments how the program is told to keep it elsewhere too
 */
record FolderRun(Path folder, List<String> arguments) implements Run {

    @Override
    public RunFile file(Path told) {
        return RunFile.at(told);
    }

    @Override
    public Path curve(long after) {
        return folder;
    }

    @Override
    public String take(String name, InputStream bytes) throws IOException {
        Path file = Files.createDirectories(folder.resolve(RunFolders.DATA)).resolve(name);
        Files.copy(bytes, file, StandardCopyOption.REPLACE_EXISTING);
        return file.toString();
    }
}
