import koffi, { type LibraryHandle } from 'koffi';

/** An address in native memory. */
export type Pointer = bigint;

/** Version of the C API that is asked for. Its table only ever grows at the end, so later libraries have it as well. */
const API_VERSION = 17;

/** Calls run on a stack of koffi's own, whose size can't be changed after the first library. It is a main thread's here. */
const STACK_BYTES = 8 * 1024 * 1024;

const POINTER = 'void *';
/** Where a function leaves a pointer or a number: in the one element of an array. */
const OUT = 'out void *';
const OUT_SIZE = 'out size_t';
const OUT_INT = 'out int';

/**
 * The functions of the C API that are called, with their places in its table (onnxruntime_c_api.h, `OrtApi`) and their
 * arguments. All of these return a status: null, or an error that must be released.
 */
const CHECKED = {
  CreateEnv: [3, ['int', 'str', OUT]],
  CreateSessionFromArray: [8, [POINTER, POINTER, 'size_t', POINTER, OUT]],
  Run: [9, [POINTER, POINTER, POINTER, POINTER, 'size_t', POINTER, 'size_t', POINTER]],
  CreateSessionOptions: [10, [OUT]],
  SetSessionLogSeverityLevel: [22, [POINTER, 'int']],
  SetSessionGraphOptimizationLevel: [23, [POINTER, 'int']],
  SetIntraOpNumThreads: [24, [POINTER, 'int']],
  SessionGetInputCount: [30, [POINTER, OUT_SIZE]],
  SessionGetOutputCount: [31, [POINTER, OUT_SIZE]],
  SessionGetOutputTypeInfo: [34, [POINTER, 'size_t', OUT]],
  SessionGetInputName: [36, [POINTER, 'size_t', POINTER, OUT]],
  SessionGetOutputName: [37, [POINTER, 'size_t', POINTER, OUT]],
  CreateTensorWithDataAsOrtValue: [49, [POINTER, POINTER, 'size_t', POINTER, 'size_t', 'int', OUT]],
  CastTypeInfoToTensorInfo: [55, [POINTER, OUT]],
  GetTensorElementType: [60, [POINTER, OUT_INT]],
  GetDimensionsCount: [61, [POINTER, OUT_SIZE]],
  GetDimensions: [62, [POINTER, POINTER, 'size_t']],
  CreateCpuMemoryInfo: [69, ['int', 'int', OUT]],
  AllocatorFree: [76, [POINTER, POINTER]],
  GetAllocatorWithDefaultOptions: [78, [OUT]],
  AddSessionConfigEntry: [130, [POINTER, 'str', 'str']],
} as const;

/** Functions that free an object and can't fail. */
const RELEASE = { Status: 93, Session: 95, Value: 96, TypeInfo: 98, SessionOptions: 100 } as const;

const GET_ERROR_MESSAGE = 2;

type Checked = keyof typeof CHECKED;
type Released = keyof typeof RELEASE;
type NativeFunction = (...args: readonly unknown[]) => unknown;

/** ONNX Runtime's C API, read from its shared library. */
export class OrtApi {
  /** Version of the library, e.g. `1.30.0`. */
  readonly version: string;
  private readonly functions: Readonly<Record<Checked, NativeFunction>>;
  private readonly releases: Readonly<Record<Released, NativeFunction>>;
  private readonly errorMessage: NativeFunction;
  /** Never read, and yet needed: the library is unloaded when its handle is collected. */
  private readonly library: LibraryHandle;

  /** @param path of the shared library; throws where it can't be loaded or is too old. */
  constructor(path: string) {
    const { sync_stack_size: stack = 0 } = koffi.config();
    if (stack < STACK_BYTES) koffi.config({ sync_stack_size: STACK_BYTES });
    this.library = koffi.load(path);
    const base = this.library.func('OrtGetApiBase', POINTER, [])() as Pointer;
    const entry = (table: Pointer, place: number, result: string, args: readonly string[]) => {
      const address = koffi.decode(table, place * koffi.sizeof(POINTER), POINTER) as Pointer;
      return koffi.decode(address, koffi.proto(result, args.map(argumentType))) as NativeFunction;
    };
    this.version = entry(base, 1, 'const char *', [])() as string;
    const table = entry(base, 0, POINTER, ['uint32_t'])(API_VERSION) as Pointer | null;
    if (!table) throw new Error(`ONNX Runtime ${this.version} has no C API of version ${API_VERSION}`);
    const bind = <K extends string>(names: readonly K[], of: (name: K) => NativeFunction) =>
      Object.fromEntries(names.map((name) => [name, of(name)])) as Record<K, NativeFunction>;
    this.functions = bind(Object.keys(CHECKED) as Checked[], (name) => {
      const [place, args] = CHECKED[name];
      return entry(table, place, POINTER, args);
    });
    this.releases = bind(Object.keys(RELEASE) as Released[], (name) => entry(table, RELEASE[name], 'void', [POINTER]));
    this.errorMessage = entry(table, GET_ERROR_MESSAGE, 'const char *', [POINTER]);
  }

  /** Calls a function; throws an error with ONNX Runtime's message where it fails. */
  call(name: Checked, ...args: readonly unknown[]): void {
    const status = this.functions[name](...args) as Pointer | null;
    if (!status) return;
    const message = this.errorMessage(status) as string;
    this.releases.Status(status);
    throw new Error(message);
  }

  /** Calls a function whose last argument is where it leaves its result. */
  get<T = Pointer>(name: Checked, ...args: readonly unknown[]): T {
    const result: [T | null] = [null];
    this.call(name, ...args, result);
    return result[0] as T;
  }

  release(kind: Released, object: Pointer): void {
    this.releases[kind](object);
  }
}

function argumentType(name: string) {
  return name.startsWith('out ') ? koffi.out(koffi.pointer(name.slice(4))) : name;
}
