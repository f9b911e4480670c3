<?xml version="1.0" encoding="utf-8"?>
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="xml" encoding="utf-8" />
  <xsl:strip-space elements="*" />

  <xsl:template match="/views">
    <Configuration>
      <!-- A model is a dictionary: without this each of its members would be shown as an object. -->
      <DefaultSettings>
        <EnumerableExpansions>
          <EnumerableExpansion>
            <EntrySelectedBy><TypeName>Membrane.MembraneModel</TypeName></EntrySelectedBy>
            <Expand>CoreOnly</Expand>
          </EnumerableExpansion>
        </EnumerableExpansions>
      </DefaultSettings>
      <ViewDefinitions>
        <xsl:apply-templates select="view/table | view/list" />
      </ViewDefinitions>
    </Configuration>
  </xsl:template>

  <xsl:template match="table">
    <View>
      <Name><xsl:value-of select="../@of" /></Name>
      <ViewSelectedBy><TypeName><xsl:value-of select="../@of" /></TypeName></ViewSelectedBy>
      <TableControl>
        <TableHeaders><xsl:apply-templates mode="header" /></TableHeaders>
        <TableRowEntries><TableRowEntry><xsl:if test="@wrap"><Wrap /></xsl:if><TableColumnItems><xsl:apply-templates /></TableColumnItems></TableRowEntry></TableRowEntries>
      </TableControl>
    </View>
  </xsl:template>

  <xsl:template match="*" mode="header">
    <TableColumnHeader>
      <Label><xsl:value-of select="@name" /></Label>
      <xsl:if test="@width"><Width><xsl:value-of select="@width" /></Width></xsl:if>
      <xsl:if test="@align"><Alignment><xsl:value-of select="@align" /></Alignment></xsl:if>
    </TableColumnHeader>
  </xsl:template>

  <xsl:template match="table/*">
    <TableColumnItem><xsl:call-template name="value" /></TableColumnItem>
  </xsl:template>

  <xsl:template match="list">
    <View>
      <Name><xsl:value-of select="../@of" />.List</Name>
      <ViewSelectedBy><TypeName><xsl:value-of select="../@of" /></TypeName></ViewSelectedBy>
      <ListControl><ListEntries><ListEntry><ListItems><xsl:apply-templates /></ListItems></ListEntry></ListEntries></ListControl>
    </View>
  </xsl:template>

  <xsl:template match="list/*">
    <ListItem>
      <ItemSelectionCondition>
        <xsl:choose>
          <!-- False, 0 and the first value of an enumeration are something: only null is not. -->
          <xsl:when test="self::value"><ScriptBlock>$null -ne $_.<xsl:value-of select="@name" /></ScriptBlock></xsl:when>
          <xsl:otherwise><PropertyName><xsl:value-of select="@name" /></PropertyName></xsl:otherwise>
        </xsl:choose>
      </ItemSelectionCondition>
      <Label><xsl:value-of select="@name" /></Label>
      <xsl:call-template name="value" />
    </ListItem>
  </xsl:template>

  <xsl:template name="value">
    <xsl:choose>
      <!-- The type by its name: for a [Type] PowerShell looks in every assembly when it reads the views, before the module's are loaded. -->
      <xsl:when test="self::shown"><ScriptBlock>('Membrane.ShownValue' -as [type])::Of($_.<xsl:value-of select="@name" />)</ScriptBlock></xsl:when>
      <xsl:when test="text()"><ScriptBlock><xsl:value-of select="." /></ScriptBlock></xsl:when>
      <xsl:otherwise><PropertyName><xsl:value-of select="@name" /></PropertyName></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
</xsl:stylesheet>
