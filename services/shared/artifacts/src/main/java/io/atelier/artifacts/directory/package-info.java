/**
 * Artifacts and outcomes in one folder that several processes share.
 *
 * <pre>
 * artifacts/ab/cd/abcd...        the bytes, named by their SHA-256
 * artifacts/ab/cd/abcd....json   the sidecar; an artifact exists while its sidecar does, its mtime is the last put
 * outcomes/ab/cd/abcd....json    an outcome under its request key; its mtime is when it was put
 * staging/                       files not yet named; swept after a day
 * ledger                         256 counters of bytes, one for each first folder; its bytes beyond 1 MiB are the locks
 * </pre>
 *
 * <p>Every file is written in staging, flushed, and only then given its name, so a name never leads to half a file, also
 * after kill -9 or a power cut; then its folder is flushed. Several artifacts wait for the disk together, once for the
 * bytes and once for the names. An outcome gets its name by a hard link, of which the file system lets exactly one
 * succeed.
 *
 * <p>Naming, renewing, deleting and counting happen under a lock for each first folder, held for microseconds: a POSIX
 * record lock between processes, a lock in memory between threads. So a sweep cannot delete what a put just renewed, and
 * the counters are exact but for a process killed between counting and naming, which the next sweep's recount mends. The
 * folder must be on a file system with record locks (local ones, NFS 4). One process opens a folder once.
 */
@NullMarked
package io.atelier.artifacts.directory;

import org.jspecify.annotations.NullMarked;
