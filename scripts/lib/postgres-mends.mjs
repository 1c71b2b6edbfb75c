// What scripts/postgres-guard.mjs changes in postgres.js 3.4.9: each text must be there exactly once.
// The last file listed carries the mark that src/db/client.ts looks for.

const CONNECTION = [
  {
    why: 'a write after the socket went away is dropped instead of throwing in setImmediate',
    find: `  function nextWrite(fn) {
    const x = socket.write(chunk, fn)
`,
    put: `  function nextWrite(fn) {
    if (socket === null) {
      clearImmediate(nextWriteTimer)
      chunk = nextWriteTimer = null
      return false
    }
    const x = socket.write(chunk, fn)
`,
  },
  {
    why: 'a query on a closed connection is rejected; a query that cannot be built spoils no other; begin always takes its connection',
    find: `    if (q.cancelled)
      return

    try {
      q.state = backend
      query
        ? sent.push(q)
        : (query = q, query.active = true)

      build(q)
      return write(toBuffer(q))
        && !q.describeFirst
        && !q.cursorFn
        && sent.length < max_pipeline
        && (!q.options.onexecute || q.options.onexecute(connection))
    } catch (error) {
      sent.length === 0 && write(Sync)
      errored(error)
      return true
    }
`,
    put: `    if (q.cancelled)
      return

    if (socket === null)
      return queryError(q, Errors.connection('CONNECTION_CLOSED', options))

    let bytes = null
      , broken = null
    try {
      build(q)
      bytes = toBuffer(q)
    } catch (error) {
      if (query) {
        queryError(q, error)
        return true
      }
      broken = error
      bytes = Sync
    }

    q.state = backend
    query
      ? sent.push(q)
      : (query = q, query.active = true)

    const written = write(bytes)
    if (broken) {
      queryError(q, broken)
      return true
    }
    if (q.options.onexecute) {
      q.options.onexecute(connection)
      return false
    }
    return written
      && !q.describeFirst
      && !q.cursorFn
      && sent.length < max_pipeline
`,
  },
  {
    why: 'a connection that owes an answer and is silent for too long is given up',
    find: `      keep_alive && socket.setKeepAlive && socket.setKeepAlive(true, 1000 * keep_alive)
      const s = StartupMessage()
`,
    put: `      keep_alive && socket.setKeepAlive && socket.setKeepAlive(true, 1000 * keep_alive)
      options.silence && socket.setTimeout && socket.setTimeout(1000 * options.silence, silent)
      const s = StartupMessage()
`,
  },
  {
    why: 'the function for the line above; waiting for the reader or writer of a stream is not silence',
    find: `  function reconnect() {
`,
    put: `  function silent() {
    if ((query || initial || sent.length) && !stream && !(query && query.cursorFn))
      socket && socket.destroy(Errors.connection('QUERY_DEADLINE', options, socket))
  }

  function reconnect() {
`,
  },
  {
    why: 'the last step of a copy hears of an error, too',
    find: `  function errored(err) {
    stream && (stream.destroy(err), stream = null)
`,
    put: `  function errored(err) {
    stream && (stream.destroy(err), stream = null)
    final && (final(err), final = null)
`,
  },
  {
    why: 'closing leaves nothing behind: every query is rejected, buffers and timers are empty',
    find: `    clearImmediate(nextWriteTimer)
    socket.removeListener('data', data)
    socket.removeListener('connect', connected)
    idleTimer.cancel()
`,
    put: `    clearImmediate(nextWriteTimer)
    chunk = nextWriteTimer = null
    socket.removeListener('data', data)
    socket.removeListener('connect', connected)
    idleTimer.cancel()
`,
  },
  {
    why: 'the same, for the queries',
    find: `    if (initial)
      return reconnect()

    !hadError && (query || sent.length) && error(Errors.connection('CONNECTION_CLOSED', options, socket))
    closedTime = performance.now()
`,
    put: `    ;(query || initial || sent.length || stream || final) && error(Errors.connection('CONNECTION_CLOSED', options, socket))
    query = results = errorResponse = null
    result = new Result()
    rows = 0
    closedTime = performance.now()
`,
  },
  {
    why: 'end() does not wait for a connection that closed by itself',
    find: `    onclose(connection, Errors.connection('CONNECTION_CLOSED', options, socket))
  }
`,
    put: `    onclose(connection, Errors.connection('CONNECTION_CLOSED', options, socket))
    connection.queue === queues.closed && ended && (ended(), ending = ended = null)
  }
`,
  },
  {
    why: 'the side query for array types must not become an unhandled rejection (its waiter is told anyway)',
    find: `      order by b.oid
    \`], [], execute)
    types.forEach(`,
    put: `      order by b.oid
    \`], [], execute).catch(() => [])
    types.forEach(`,
  },
  {
    why: 'a cursor whose connection died while its reader was busy touches nothing any more',
    find: `  async function PortalSuspended() {
    try {
      const x = await Promise.resolve(query.cursorFn(result))
      rows = 0
`,
    put: `  async function PortalSuspended() {
    const suspended = query
    try {
      const x = await Promise.resolve(query.cursorFn(result))
      if (query !== suspended)
        return
      rows = 0
`,
  },
  {
    why: 'the same, when its reader throws',
    find: `    } catch (err) {
      write(Sync)
      query.reject(err)
    }
`,
    put: `    } catch (err) {
      query === suspended && write(Sync)
      suspended.reject(err)
    }
`,
  },
];

const QUERY = [
  {
    // As closures over the constructor, each settled query keeps the one after it from being collected once one of them
    // is old, until the next collection of everything: of GET /api/v1/holds a pause of 10 ms each half second, 3 without
    // (2026-11-29, Node 20.20.2).
    why: 'what settles a query is bound to it, so that young queries die young',
    find: `    this.resolve = x => (this.active = false, resolve(x))
    this.reject = x => (this.active = false, reject(x))
`,
    put: `    this.resolve = settle.bind(this, resolve)
    this.reject = settle.bind(this, reject)
`,
  },
  {
    // An error that nobody has read holds what it was made in: of each place in the code its first query stayed, with whatever
    // takes in its rows. After a run over 100,000 records those records were still there (2026-11-30, Node 20.20.2).
    why: 'where a query was made is kept as text, and not together with the query',
    find: `  originCache.set(xs, new Error())
  Error.stackTraceLimit = x
`,
    put: `  const made = new Error()
  void made.stack
  originCache.set(xs, made)
  Error.stackTraceLimit = x
`,
  },
  {
    why: 'how a query is settled',
    find: `function cachedError(xs) {
`,
    put: `function settle(how, x) {
  this.active = false
  how(x)
}

function cachedError(xs) {
`,
  },
  {
    why: 'a cursor that died must not look complete',
    find: `          if (this.executed && !this.active)
            return { done: true }
`,
    put: `          if (this.failure)
            return Promise.reject(this.failure.error)
          if (this.executed && !this.active)
            return { done: true }
`,
  },
  {
    why: 'the same: remember why',
    find: `            this.reject = x => (this.active = false, reject(x))
          })
          this.execute()
`,
    put: `            this.reject = x => (this.active = false, this.failure = { error: x }, reject(x))
          })
          this.execute()
`,
  },
];

const TYPES = [
  {
    why: 'the server says what type an array is; guessed from its first element, bigint[] was sent as bigint',
    find: `      : (parameters.push(x), inferType(x))
`,
    put: `      : (parameters.push(x), Array.isArray(x) ? 0 : inferType(x))
`,
  },
];

const INDEX = [
  {
    why: 'the mark that src/db/client.ts asks for',
    find: `Object.assign(Postgres, {
  PostgresError,
`,
    put: `Object.assign(Postgres, {
  tieoutGuard: 1,
  PostgresError,
`,
  },
  {
    why: 'a transaction knows that its connection died, or that it ended',
    find: `    let savepoints = 0
      , connection
      , prepare = null
`,
    put: `    let savepoints = 0
      , connection
      , prepare = null
      , died = null
      , last = null
`,
  },
  {
    why: 'what waits in a transaction that is over is rejected',
    find: `        scope(connection, fn),
        new Promise((_, reject) => connection.onclose = reject)
      ])
    } catch (error) {
      throw error
    }
`,
    put: `        scope(connection, fn),
        new Promise((_, reject) => connection.onclose = e => (died = e, flush(), reject(e)))
      ])
    } catch (error) {
      throw error
    } finally {
      last = last || {}
      flush()
    }

    function over() {
      return died || Errors.generic('TRANSACTION_ENDED', 'This transaction has ended: its handle can run no more queries')
    }

    function flush() {
      while (queries.length)
        queries.shift().reject(over())
    }
`,
  },
  {
    why: 'rollback is the last query of a transaction',
    find: `          : sql\`rollback\`
`,
    put: `          : (last = sql\`rollback\`)
`,
  },
  {
    why: 'commit is the last query of a transaction',
    find: `          : await sql\`commit\`
`,
    put: `          : await (last = sql\`commit\`)
`,
  },
  {
    why: 'a query after the end, or after the death of the connection, is refused',
    find: `        q.catch(e => uncaughtError || (uncaughtError = e))
        c.queue === full
`,
    put: `        q.catch(e => uncaughtError || (uncaughtError = e))
        if (died || (last && q !== last))
          return q.reject(over())
        c.queue === full
`,
  },
  {
    why: 'waiting for a free connection has an end',
    find: `    busy.length
      ? go(busy.shift(), query)
      : queries.push(query)
  }
`,
    put: `    if (busy.length)
      return go(busy.shift(), query)

    queries.push(query)
    options.queue_deadline && setTimeout(
      () => queries.remove(query) && query.reject(Errors.connection('POOL_DEADLINE', options)),
      options.queue_deadline * 1000
    ).unref()
  }
`,
  },
  {
    why: 'the two deadlines are options',
    find: `    types           : o.types || {},
    target_session_attrs`,
    put: `    types           : o.types || {},
    silence         : o.silence,
    queue_deadline  : o.queue_deadline,
    target_session_attrs`,
  },
];

export const MENDS = { 'connection.js': CONNECTION, 'query.js': QUERY, 'types.js': TYPES, 'index.js': INDEX };
