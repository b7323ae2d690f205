using System.CommandLine;
using ActionPlan.Bench;

var actions = new Option<int>("--actions") { Description = "How many actions.", DefaultValueFactory = _ => 100_000 };
var file = new Option<string>("--database") { Description = "The file to make.", Required = true };
var generate = new Command("generate", "Fills a new database with realistic actions.") { actions, file };
generate.SetAction((parsed, _) => Generator.RunAsync(parsed.GetValue(actions), parsed.GetValue(file)!));

var answers = new Option<string>("--answers") { Description = "The folder with the answers.", Required = true };
var bare = new Command("bare", "Answers recorded bytes; started by the comparison.") { answers };
bare.SetAction((parsed, _) => Bare.RunAsync(parsed.GetValue(answers)!));

var sizes = new Option<int[]>("--sizes") { Description = "Numbers of actions.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [1000, 100_000, 1_000_000] };
var rounds = new Option<int>("--rounds") { Description = "Alternating rounds per figure.", DefaultValueFactory = _ => 5 };
var seconds = new Option<double>("--seconds") { Description = "Length of a slice.", DefaultValueFactory = _ => 0.6 };
var folder = new Option<string>("--folder") { Description = "Where databases are made and kept; on the disk to measure.", DefaultValueFactory = _ => "data/bench" };
var engine = new Option<string>("--engine") { Description = "sqlite, or postgresql with --connection.", DefaultValueFactory = _ => "sqlite" };
var connection = new Option<string>("--connection") { Description = "A PostgreSQL server, as a user who may create databases." };

var exports = new Command("export", "Measures the whole list as a file.") { actions, rounds, folder, engine, connection };
exports.SetAction((parsed, _) => Exports.RunAsync(parsed.GetValue(actions), parsed.GetValue(rounds), parsed.GetValue(folder)!, parsed.GetValue(engine)!, parsed.GetValue(connection)));

var rows = new Option<int>("--rows") { Description = "How many rows the file has.", DefaultValueFactory = _ => 100_000 };
var imports = new Command("import", "Measures a file of many rows on its way in.") { rows, folder, engine, connection };
imports.SetAction((parsed, _) => Imports.RunAsync(parsed.GetValue(rows), parsed.GetValue(folder)!, parsed.GetValue(engine)!, parsed.GetValue(connection)));

var root = new RootCommand("Measures the service beside a bare endpoint and the disk.") { generate, bare, exports, imports, sizes, rounds, seconds, folder, engine, connection };
root.SetAction((parsed, _) => Comparison.RunAsync(
    parsed.GetValue(sizes)!, parsed.GetValue(rounds), parsed.GetValue(seconds), parsed.GetValue(folder)!, parsed.GetValue(engine)!, parsed.GetValue(connection)));

return await root.Parse(args).InvokeAsync();
