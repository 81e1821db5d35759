import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { readFrontendMessages } from "./frontend-messages.js";
import type { RecordedStatement } from "./recorded-statement.js";

/** Not of a request: the queue looks for jobs whatever else goes on. */
const BY_THE_WAY = /pgboss|^\s*(LISTEN|NOTIFY)/i;

/** Stands between a service and Postgres and notes what is sent, without the service knowing. */
export class StatementRecorder {
  readonly #statements: RecordedStatement[] = [];
  readonly #sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    /** Where the service finds Postgres. */
    readonly connectionString: string,
  ) {}

  static async open(connectionString: string): Promise<StatementRecorder> {
    const target = new URL(connectionString);
    const server = createServer();
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = new URL(connectionString);
    address.hostname = "127.0.0.1";
    address.port = String((server.address() as AddressInfo).port);
    const recorder = new StatementRecorder(server, address.href);
    server.on("connection", (near) => recorder.#pass(near, connect(Number(target.port || 5432), target.hostname)));
    return recorder;
  }

  /** What was sent since the last call. */
  take(): RecordedStatement[] {
    return this.#statements.splice(0).filter(({ text }) => !BY_THE_WAY.test(text));
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.server.close();
    await once(this.server, "close");
  }

  #pass(near: Socket, far: Socket): void {
    const note = readFrontendMessages((statement) => this.#statements.push(statement));
    near.on("data", note);
    near.pipe(far);
    far.pipe(near);
    for (const socket of [near, far]) {
      socket.setNoDelay(true);
      this.#sockets.add(socket);
      // Either end may hang up: the other is told by the pipe.
      socket.on("error", () => undefined);
      socket.on("close", () => this.#sockets.delete(socket));
    }
  }
}
