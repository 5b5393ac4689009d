package io.thaw.linker.criu;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;

/** Names the required fields that a message lacks, by number as the format has them. */
final class MissingFields {

  private static final int MAX_NAMED = 5;

  private MissingFields() {}

  /** For example {@code 14[3].2 (vmas[3].end)}; empty if there are none. */
  static String describe(Message message) {
    List<String> missing = new ArrayList<>();
    collect(message, "", "", missing);
    return String.join(", ", missing);
  }

  private static void collect(Message message, String numbers, String names, List<String> missing) {
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      if (missing.size() == MAX_NAMED) {
        return;
      }
      String number = numbers + field.getNumber();
      String name = names + field.getName();
      if (field.isRequired() && !message.hasField(field)) {
        missing.add(number + " (" + name + ")");
      } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        collectFrom(message, field, number, name, missing);
      }
    }
  }

  private static void collectFrom(
      Message message, FieldDescriptor field, String number, String name, List<String> missing) {
    if (!field.isRepeated()) {
      if (message.hasField(field)) {
        collect((Message) message.getField(field), number + ".", name + ".", missing);
      }
      return;
    }
    for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
      String index = "[" + i + "].";
      collect((Message) message.getRepeatedField(field, i), number + index, name + index, missing);
    }
  }
}
