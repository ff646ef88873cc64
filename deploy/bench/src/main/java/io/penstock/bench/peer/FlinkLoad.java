package io.penstock.bench.peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.penstock.bench.data.Column;
import io.penstock.bench.data.Columns;
import io.penstock.bench.data.Dataset;
import io.penstock.bench.data.Kind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.reader.TextLineInputFormat;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.formats.avro.typeutils.GenericRecordAvroTypeInfo;
import org.apache.flink.formats.parquet.ParquetWriterFactory;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.filesystem.BucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.SimpleVersionedStringSerializer;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** What Flink's documentation leads to: lines, a JSON tree, an Avro record, a Parquet file sink. */
final class FlinkLoad {
  private static final long MICROS_PER_MINUTE = 60_000_000;

  private FlinkLoad() {}

  static void run(Request request) throws Exception {
    Dataset dataset = request.dataset();
    if (dataset.format().csv()) {
      throw new IllegalArgumentException("lines are no CSV records");
    }
    String schema = schema(dataset.schema()).toString();
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(Peer.THREADS);
    environment.setRuntimeMode(RuntimeExecutionMode.BATCH);
    environment.getConfig().enableObjectReuse();
    FileSource<String> source =
        FileSource.forRecordStreamFormat(new TextLineInputFormat(), new Path(request.input()))
            .build();
    FileSink<GenericRecord> sink =
        FileSink.forBulkFormat(
                new Path(request.output()),
                new ParquetWriterFactory<GenericRecord>(
                    out ->
                        AvroParquetWriter.<GenericRecord>builder(out)
                            .withSchema(new Schema.Parser().parse(schema))
                            .withDataModel(GenericData.get())
                            .withCompressionCodec(CompressionCodecName.ZSTD)
                            .build()))
            .withBucketAssigner(new ByTime(dataset.bucketMinutes() * MICROS_PER_MINUTE))
            .build();
    environment
        .fromSource(source, WatermarkStrategy.noWatermarks(), "lines")
        .map(new ToRecord(schema))
        .returns(new GenericRecordAvroTypeInfo(new Schema.Parser().parse(schema)))
        .sinkTo(sink);
    environment.execute("by the book");
  }

  private static Schema schema(List<Column> columns) {
    SchemaBuilder.FieldAssembler<Schema> fields = SchemaBuilder.record("event").fields();
    for (Column column : columns) {
      fields =
          fields
              .name(column.name())
              .type()
              .unionOf()
              .nullType()
              .and()
              .type(type(column.kind()))
              .endUnion()
              .nullDefault();
    }
    return fields.endRecord();
  }

  private static Schema type(Kind kind) {
    return switch (kind) {
      case TIME -> LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
      case TEXT, JSON -> Schema.create(Schema.Type.STRING);
      case INT -> Schema.create(Schema.Type.INT);
      case LONG -> Schema.create(Schema.Type.LONG);
      case DOUBLE -> Schema.create(Schema.Type.DOUBLE);
      case TRUTH -> Schema.create(Schema.Type.BOOLEAN);
    };
  }

  /** A line as a record. */
  private static final class ToRecord extends RichMapFunction<String, GenericRecord> {
    private final String schemaJson;
    private transient Schema schema;
    private transient ObjectMapper json;
    private transient Kind[] kinds;

    ToRecord(String schemaJson) {
      this.schemaJson = schemaJson;
    }

    @Override
    public void open(OpenContext context) {
      schema = new Schema.Parser().parse(schemaJson);
      json = new ObjectMapper();
      kinds = Columns.of(schema.getFields().size()).stream().map(Column::kind).toArray(Kind[]::new);
    }

    @Override
    public GenericRecord map(String line) throws Exception {
      JsonNode tree = json.readTree(line);
      GenericData.Record made = new GenericData.Record(schema);
      for (Schema.Field field : schema.getFields()) {
        JsonNode value = tree.get(field.name());
        if (value != null && !value.isNull()) {
          made.put(field.pos(), value(kinds[field.pos()], value));
        }
      }
      return made;
    }

    private static Object value(Kind kind, JsonNode value) {
      return switch (kind) {
        case TIME -> ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(value.textValue()));
        case TEXT -> value.textValue();
        case JSON -> value.toString();
        case INT -> value.intValue();
        case LONG -> value.longValue();
        case DOUBLE -> value.doubleValue();
        case TRUTH -> value.booleanValue();
      };
    }
  }

  /** One folder for each bucket of time. */
  private static final class ByTime implements BucketAssigner<GenericRecord, String> {
    private final long bucketMicros;

    ByTime(long bucketMicros) {
      this.bucketMicros = bucketMicros;
    }

    @Override
    public String getBucketId(GenericRecord record, Context context) {
      return Long.toString(Math.floorDiv((long) record.get(Columns.TIME), bucketMicros));
    }

    @Override
    public SimpleVersionedSerializer<String> getSerializer() {
      return SimpleVersionedStringSerializer.INSTANCE;
    }
  }
}
