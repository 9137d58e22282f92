package org.fondaco.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every record of the protocol survives its wire form, with random and with extreme fields. */
class CodecTest {

  private static final int ROUNDS = 200;
  private static final String ID_CHARACTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private final SplittableRandom random = new SplittableRandom(7031);
  private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(4096);

  static Stream<Class<?>> commands() {
    return Arrays.stream(Command.class.getPermittedSubclasses());
  }

  static Stream<Class<?>> events() {
    return Arrays.stream(EngineEvent.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void commandSurvives(Class<?> type) throws ReflectiveOperationException {
    CommandCodec codec = new CommandCodec();
    for (int round = 0; round < ROUNDS; round++) {
      Command command = (Command) record(type);
      CommandHeader header = (CommandHeader) record(CommandHeader.class);
      int offset = random.nextInt(64);
      int length = codec.encode(header, command, buffer, offset);
      assertThat(codec.decode(buffer, offset)).isEqualTo(command);
      assertThat(codec.decodeHeader(buffer, offset)).isEqualTo(header);
      assertThat(length).isPositive();
      byte[] bytes = new byte[length];
      buffer.getBytes(offset, bytes);
      byte[] again = new byte[codec.encode(header, codec.decode(buffer, offset), buffer, 1000)];
      buffer.getBytes(1000, again);
      assertThat(again).isEqualTo(bytes);
    }
  }

  @ParameterizedTest
  @MethodSource("events")
  void eventSurvives(Class<?> type) throws ReflectiveOperationException {
    EventCodec codec = new EventCodec();
    for (int round = 0; round < ROUNDS; round++) {
      EngineEvent event = (EngineEvent) record(type);
      int offset = random.nextInt(64);
      int length = codec.encode(event, buffer, offset);
      assertThat(codec.decode(buffer, offset)).isEqualTo(event);
      byte[] bytes = new byte[length];
      buffer.getBytes(offset, bytes);
      byte[] again = new byte[codec.encode(codec.decode(buffer, offset), buffer, 1000)];
      buffer.getBytes(1000, again);
      assertThat(again).isEqualTo(bytes);
    }
  }

  private Object record(Class<?> type) throws ReflectiveOperationException {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new);
    Object[] values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(components[i].getGenericType(), types[i], components[i].getName());
    }
    var constructor = type.getDeclaredConstructor(types);
    constructor.setAccessible(true);
    return constructor.newInstance(values);
  }

  private Object value(Type generic, Class<?> type, String name)
      throws ReflectiveOperationException {
    if (type == long.class) {
      return number(Long.MIN_VALUE, Long.MAX_VALUE);
    } else if (type == int.class) {
      // The one int that travels as an unsigned byte.
      return name.equals("allowedSelfTradePreventionModes")
          ? (int) number(0, 255)
          : (int) number(Integer.MIN_VALUE, Integer.MAX_VALUE);
    } else if (type == boolean.class) {
      return random.nextBoolean();
    } else if (type == String.class) {
      return text(name.equals("code") || name.equals("name") ? 20 : 36);
    } else if (type.isEnum()) {
      Object[] constants = type.getEnumConstants();
      return constants[random.nextInt(constants.length)];
    } else if (type == List.class) {
      Class<?> element = (Class<?>) ((ParameterizedType) generic).getActualTypeArguments()[0];
      List<Object> list = new ArrayList<>();
      for (int size = random.nextInt(element == TransferLeg.class ? 65 : 4); size > 0; size--) {
        list.add(record(element));
      }
      return list;
    }
    return record(type);
  }

  private long number(long least, long most) {
    return switch (random.nextInt(4)) {
      case 0 -> least;
      case 1 -> most;
      case 2 -> Math.clamp(random.nextLong(), least, most);
      default -> random.nextInt(200);
    };
  }

  private String text(int most) {
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(most + 1); length > 0; length--) {
      text.append(ID_CHARACTERS.charAt(random.nextInt(ID_CHARACTERS.length())));
    }
    return text.toString();
  }
}
