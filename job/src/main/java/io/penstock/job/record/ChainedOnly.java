package io.penstock.job.record;

import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The type of elements that pass from one chained operator to the next as they are. They are never
 * shuffled: a task's rows stay on one subtask, in order. Should a change break the chain, the job
 * fails at its first element rather than running wrongly.
 */
public final class ChainedOnly<T> extends TypeInformation<T> {
  private final Class<T> type;

  private ChainedOnly(Class<T> type) {
    this.type = type;
  }

  public static <T> TypeInformation<T> of(Class<T> type) {
    return new ChainedOnly<>(type);
  }

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  public Class<T> getTypeClass() {
    return type;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public TypeSerializer<T> createSerializer(SerializerConfig config) {
    return new Refusing<>();
  }

  @Override
  public String toString() {
    return "ChainedOnly<" + type.getSimpleName() + ">";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ChainedOnly<?> that && that.type.equals(type);
  }

  @Override
  public int hashCode() {
    return type.hashCode();
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof ChainedOnly<?>;
  }

  /** Hands elements on; refuses to write or read them. */
  static final class Refusing<T> extends TypeSerializerSingleton<T> {
    private static UnsupportedOperationException refusal() {
      return new UnsupportedOperationException(
          "this element never leaves its operator chain; the operators must be chained");
    }

    @Override
    public boolean isImmutableType() {
      return true;
    }

    @Override
    public T createInstance() {
      return null;
    }

    @Override
    public T copy(T from) {
      return from;
    }

    @Override
    public T copy(T from, T reuse) {
      return from;
    }

    @Override
    public int getLength() {
      return -1;
    }

    @Override
    public void serialize(T element, DataOutputView target) {
      throw refusal();
    }

    @Override
    public T deserialize(DataInputView source) {
      throw refusal();
    }

    @Override
    public T deserialize(T reuse, DataInputView source) {
      throw refusal();
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) {
      throw refusal();
    }

    @Override
    public TypeSerializerSnapshot<T> snapshotConfiguration() {
      return new Snapshot<>();
    }

    /** Nothing of the serializer is worth keeping. */
    public static final class Snapshot<T> extends SimpleTypeSerializerSnapshot<T> {
      public Snapshot() {
        super(Refusing::new);
      }
    }
  }
}
