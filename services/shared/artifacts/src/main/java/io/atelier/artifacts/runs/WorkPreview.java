package io.atelier.artifacts.runs;

/**
 * How an unfinished work looks.
 *
 * @param index of the work within its request, from 0
 * @param content its encoded bytes; not copied
 * @param mediaType IANA media type of the content
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
public record WorkPreview(int index, byte[] content, String mediaType) {}
