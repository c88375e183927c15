package io.atelier.kit.access;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Channel;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Lists the methods of every service that a running server serves, reflection itself included. */
final class Rpcs {
    private static final List<Rpc> REFLECTION = List.of(
            new Rpc("grpc.reflection.v1.ServerReflection", "ServerReflectionInfo", true, true),
            new Rpc("grpc.reflection.v1alpha.ServerReflection", "ServerReflectionInfo", true, true));

    private Rpcs() {}

    /** The methods, as reflection tells them to a caller who may ask. */
    static List<Rpc> of(Channel channel) {
        List<Rpc> found = new ArrayList<>(REFLECTION);
        ServerReflectionRequest list =
                ServerReflectionRequest.newBuilder().setListServices("*").build();
        ask(channel, list)
                .getListServicesResponse()
                .getServiceList()
                .forEach(service -> found.addAll(methods(channel, service.getName())));
        return found.stream().distinct().toList();
    }

    private static List<Rpc> methods(Channel channel, String service) {
        ServerReflectionRequest request = ServerReflectionRequest.newBuilder()
                .setFileContainingSymbol(service)
                .build();
        List<Rpc> methods = new ArrayList<>();
        for (ByteString file : ask(channel, request).getFileDescriptorResponse().getFileDescriptorProtoList()) {
            FileDescriptorProto described = parse(file);
            for (ServiceDescriptorProto one : described.getServiceList()) {
                if (service.equals(described.getPackage() + "." + one.getName())) {
                    one.getMethodList().forEach(method -> methods.add(rpc(service, method)));
                }
            }
        }
        if (methods.isEmpty()) {
            throw new AssertionError("reflection describes no method of " + service);
        }
        return methods;
    }

    private static Rpc rpc(String service, MethodDescriptorProto method) {
        return new Rpc(service, method.getName(), method.getClientStreaming(), method.getServerStreaming());
    }

    private static FileDescriptorProto parse(ByteString file) {
        try {
            return FileDescriptorProto.parseFrom(file);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private static ServerReflectionResponse ask(Channel channel, ServerReflectionRequest question) {
        CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
        StreamObserver<ServerReflectionRequest> questions = ServerReflectionGrpc.newStub(channel)
                .withDeadlineAfter(30, TimeUnit.SECONDS)
                .serverReflectionInfo(new StreamObserver<>() {
                    @Override
                    public void onNext(ServerReflectionResponse response) {
                        answer.complete(response);
                    }

                    @Override
                    public void onError(Throwable failure) {
                        answer.completeExceptionally(failure);
                    }

                    @Override
                    public void onCompleted() {
                        answer.completeExceptionally(new AssertionError("no answer"));
                    }
                });
        questions.onNext(question);
        questions.onCompleted();
        return answer.join();
    }
}
