package io.atelier.oip.grpc;

import io.atelier.inference.Rows;
import io.atelier.oip.Output;
import io.atelier.oip.Refusals;
import io.atelier.oip.Values;
import io.atelier.proto.inference.InferTensorContents;

/**
 * Values in the list of their data type.
 *
 * @param contents the lists; all but one should be empty
 */
record TypedValues(InferTensorContents contents) implements Values {

    @Override
    public float[] floats(String input, int count) {
        check(input, "FP32", contents.getFp32ContentsCount(), count);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = contents.getFp32Contents(i);
        }
        return values;
    }

    @Override
    public long[] longs(String input, int count) {
        check(input, "INT64", contents.getInt64ContentsCount(), count);
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = contents.getInt64Contents(i);
        }
        return values;
    }

    private void check(String input, String datatype, int given, int wanted) {
        int all = contents.getBoolContentsCount()
                + contents.getIntContentsCount()
                + contents.getInt64ContentsCount()
                + contents.getUintContentsCount()
                + contents.getUint64ContentsCount()
                + contents.getFp32ContentsCount()
                + contents.getFp64ContentsCount()
                + contents.getBytesContentsCount();
        if (all != given) {
            throw Refusals.datatype(input, datatype, "in the list of another data type")
                    .exception();
        }
        if (given != wanted) {
            throw Refusals.length(input, wanted + " values", Integer.toString(given))
                    .exception();
        }
    }

    static InferTensorContents of(Output output) {
        InferTensorContents.Builder contents = InferTensorContents.newBuilder();
        switch (output.rows()) {
            case Rows.Floats floats -> {
                for (float value : floats.values()) {
                    contents.addFp32Contents(value);
                }
            }
            case Rows.Longs longs -> {
                for (long value : longs.values()) {
                    contents.addInt64Contents(value);
                }
            }
        }
        return contents.build();
    }
}
