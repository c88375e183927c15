package io.atelier.kernel.objects;

/**
 * An object as it was read.
 *
 * @param bytes its bytes, as many as were asked for
 * @param tag changes whenever it is put again
 */
public record StoredObject(byte[] bytes, String tag) {}
