using System.Buffers;
using ActionPlan.Actions;
using ActionPlan.Data;
using ActionPlan.Http;
using Microsoft.Net.Http.Headers;

namespace ActionPlan.Exports;

/// <summary>
/// Answers a whole list of actions as a file. Rows go out as they come in, so that memory does not grow with them; when
/// something fails after the first bytes the connection is cut, since half a file must not look like a whole one.
/// </summary>
public sealed class ActionExport(ExportFormat format, ActionQuery query, string? plan = null) : IResult
{
    // So much is made before any of it is sent: a fault until then is answered as one.
    const int Chunk = 64 * 1024;

    /// <summary>What the list is called, if it is not by its plan.</summary>
    public string? Title { get; init; }

    /// <inheritdoc />
    public async Task ExecuteAsync(HttpContext http)
    {
        var db = (await Db.BindAsync(http))!;
        // A file is of one moment, however long it takes.
        await db.SnapshotAsync(() => AnswerAsync(http, db));
    }

    async Task AnswerAsync(HttpContext http, Db db)
    {
        var caller = Caller.Of(http);
        var select = query.Select(plan).With("Today", caller.Today);
        var head = await db.HeadAsync(select);
        var tag = Lists.Tag(caller, head);
        if (head.Found == 0) await Problem.NotFound(select.Parent.Resource, select.Parent.Key).ExecuteAsync(http);
        else if (caller.Holds(tag)) await new NotModified(tag).ExecuteAsync(http);
        else
        {
            var output = new ArrayBufferWriter<byte>(2 * Chunk);
            var facts = await ExportFacts.ReadAsync(db, http, plan, Title, plan is null && format.Name == ExportFormat.Xlsx ? select : null);
            var cells = new ActionCells(query.Columns, facts.Sections, format.IsSwedish);
            ExportFile file = format.Name switch
            {
                ExportFormat.Csv => new CsvFile(output, cells),
                ExportFormat.Xlsx => new WorkbookFile(output, cells, facts),
                ExportFormat.Calendar => new CalendarFile(output, cells, facts),
                _ => new FlatFile(output, cells),
            };

            using var closed = file as IDisposable;
            Describe(http.Response, tag, $"{plan ?? caller.Scope} {caller.Today:yyyy-MM-dd}".TrimStart());
            if (http.WantsHeadersAlone()) return;

            file.Begin();
            await db.StreamAsync($"select {ActionColumns.Sql} from {select.From} order by {select.Order}", select.Parameters, row =>
            {
                file.Row(row);
                return output.WrittenCount < Chunk ? default : SendAsync();
            });
            file.End();
            await SendAsync();

            async ValueTask SendAsync()
            {
                await http.Response.BodyWriter.WriteAsync(output.WrittenMemory, http.RequestAborted);
                output.ResetWrittenCount();
            }
        }
    }

    void Describe(HttpResponse response, string tag, string what)
    {
        response.Headers.ETag = tag;
        response.ContentType = format.ContentType;
        response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment")
        {
            // RFC 6266: the plain one for the few that cannot read the other.
            FileName = $"\"Atgarder {what}.{format.Ending}\"",
            FileNameStar = $"Åtgärder {what}.{format.Ending}",
        }.ToString();
    }
}

/// <summary>Writes one form of file: what stands before the rows, each row, and what stands after.</summary>
abstract class ExportFile
{
    public virtual void Begin()
    {
    }

    public abstract void Row(Utf8Row row);

    public virtual void End()
    {
    }
}
